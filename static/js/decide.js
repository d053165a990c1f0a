// The decision form shows what the chosen verb asks for. Without this script every field is shown.

for (const point of document.querySelectorAll("[data-point]")) {
  const verb = point.querySelector("select[name$='-verb']");
  const show = () => {
    for (const part of point.querySelectorAll("div[data-verbs]")) {
      const wanted = part.dataset.verbs.split(" ").includes(verb.value);
      // A field with something wrong in it stays until it is mended.
      part.hidden = !wanted && !part.querySelector("[data-field='validation']");
      // What is hidden is not sent; what was typed comes back when the verb does.
      for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = part.hidden;
    }
  };
  verb.addEventListener("change", show);
  show();
}

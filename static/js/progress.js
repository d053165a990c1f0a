// How far a file is: asked for until it is done. Said by its live region only where it says something new.

const EVERY = 1500; // milliseconds
const part = document.querySelector("[data-progress]");

async function look() {
  try {
    const response = await fetch(part.dataset.progress, { credentials: "same-origin" });
    const words = response.ok && !response.redirected ? await response.text() : null;
    // Ours, from the server's own template.
    if (words !== null && words !== part.innerHTML) part.innerHTML = words;
  } catch {
    // no network just now: asked again
  }
  if (!part.querySelector("[data-done]")) setTimeout(look, EVERY);
}

if (!part.querySelector("[data-done]")) setTimeout(look, EVERY);

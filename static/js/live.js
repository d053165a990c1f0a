// Part of a page that keeps itself up to date: fetched every few seconds, replaced where it is other.

const EVERY = 3000; // milliseconds
const part = document.querySelector("[data-live]");
const off = document.querySelector("[data-live-off]");

// The part as the browser writes it, to hold what came up against what is shown.
function written(words) {
  const place = document.createElement(part.localName);
  place.innerHTML = words;
  return place.innerHTML.trim();
}

async function fetchAnew() {
  if (!document.hidden) {
    try {
      const response = await fetch(part.dataset.live, { credentials: "same-origin" });
      const words = response.ok && !response.redirected ? await response.text() : null;
      off.hidden = words !== null;
      // Ours, from the server's own template, with the text cleaned there.
      if (words !== null && written(words) !== part.innerHTML.trim()) part.innerHTML = words;
    } catch {
      off.hidden = false;
    }
  }
  setTimeout(fetchAnew, EVERY);
}

fetchAnew();

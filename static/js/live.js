// Part of a page that keeps itself up to date: fetched every few seconds, replaced where it is other.

const EVERY = 3000; // milliseconds
const part = document.querySelector("[data-live]");
const off = document.querySelector("[data-live-off]");
let shown = "";

async function fetchAnew() {
  if (!document.hidden) {
    try {
      const response = await fetch(part.dataset.live, { credentials: "same-origin" });
      const words = response.ok && !response.redirected ? await response.text() : null;
      off.hidden = words !== null;
      if (words !== null && words !== shown) {
        // Ours, from the server's own template, with the text cleaned there.
        if (shown) part.innerHTML = words;
        shown = words;
      }
    } catch {
      off.hidden = false;
    }
  }
  setTimeout(fetchAnew, EVERY);
}

fetchAnew();

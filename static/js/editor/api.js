// Requests to the server: JSON there and back. Never throws: `status` 0 means that nobody answered.

import { at } from "./page.js";

function token() {
  // Read each time: signing in again changes it.
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

export async function post(url, body, { keepalive = false } = {}) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ ...body, user: Number(at.user) }),
      credentials: "same-origin",
      keepalive,
    });
    return await read(response);
  } catch {
    return { status: 0, data: {} };
  }
}

async function read(response) {
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  // A page instead of JSON under 403 is the refusal of an old token: signing in again mends it.
  const status = response.redirected || (response.status === 403 && !json) ? 401 : response.status;
  return { status, data: json ? await response.json() : {} };
}

export async function get(url) {
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    return response.ok && !response.redirected ? response : null;
  } catch {
    return null;
  }
}

// Sends a form of the page in place: `html` is the fragment that came, or `why` a sentence that tells why not.
export async function send(form) {
  const fields = new FormData(form);
  fields.set("csrfmiddlewaretoken", token());
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), credentials: "same-origin" });
    const html = await response.text();
    if (response.ok) return { html };
    const refusal = new DOMParser().parseFromString(html, "text/html").querySelector("main .ds-alert p");
    return { why: refusal?.textContent.trim() || word("Det gikk ikke. Last siden på nytt og prøv igjen.") };
  } catch {
    return { why: word("Det gikk ikke: serveren svarer ikke.") };
  }
}

export const newId = () => crypto.randomUUID?.() ?? uuidFromRandom();

// Only secure addresses have randomUUID; a server on the local network may be without.
function uuidFromRandom() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

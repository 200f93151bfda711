// Talks to the API. A page may stay open for hours, so nothing here trusts what it was loaded with.

const PATIENCE_MS = 8000;

export class Refused extends Error {
  constructor(status) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

// The token is read when it is sent: signing in again elsewhere changes it.
function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

async function request(url, options) {
  const controller = new AbortController();
  const timeout = setTimeout(() => controller.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(url, { credentials: "same-origin", signal: controller.signal, ...options });
    if (!answer.ok) {
      throw new Refused(answer.status);
    }
    return await answer.json();
  } finally {
    clearTimeout(timeout);
  }
}

export function getJSON(url) {
  return request(url, { headers: { Accept: "application/json" }, cache: "no-store" });
}

// `keepalive` lets the request outlive the page.
export function postJSON(url, body, { keepalive = false } = {}) {
  return request(url, {
    method: "POST",
    keepalive,
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(body),
  });
}

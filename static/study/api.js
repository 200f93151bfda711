// The three requests of the study page.

const ROOT = "/api/v1";
const PATIENCE_MS = 10_000;

/** An answer of the server that is not a success; `status` is its HTTP status. */
export class Refused extends Error {
  constructor(status) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

/** The cookie is read at send time: a token in a page that was open for long is stale. */
function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

async function request(path, options = {}) {
  const response = await fetch(ROOT + path, {
    credentials: "same-origin",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...options,
  });
  if (!response.ok) {
    throw new Refused(response.status);
  }
  return response.json();
}

function post(path, body, options = {}) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(body),
    ...options,
  });
}

export function fetchQueue(enrolment, note) {
  const onlyNote = note ? `&note=${note}` : "";
  return request(`/enrolments/${enrolment}/queue/?limit=100${onlyNote}`);
}

/** Resolves to `{acked: [id], rejected: [{id, code, detail}]}`. */
export function sendEvents(user, events, { keepalive = false } = {}) {
  return post("/reviews/", { user, events }, { keepalive });
}

export function askForMore(enrolment, prompts) {
  return post(`/enrolments/${enrolment}/more/`, { prompts });
}

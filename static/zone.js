// Tells the server once where a new learner's clock stands, so that days begin at their four in
// the morning. Somebody who has chosen a zone is not asked.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

if (zone && zone !== "UTC" && token) {
  fetch("/api/v1/me/", {
    method: "PATCH",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ time_zone: zone }),
  });
}

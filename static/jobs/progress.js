// Follows a job in the background and shows the page anew when it is over.

const EVERY_MS = 1000;
const OVER = ["succeeded", "failed"];

async function look(job) {
  const trouble = job.querySelector("[data-trouble]");
  try {
    const response = await fetch(job.dataset.job, { credentials: "same-origin" });
    if (!response.ok) {
      throw new Error(`The server answered ${response.status}.`);
    }
    show(job, await response.json());
    trouble.hidden = true;
  } catch {
    trouble.hidden = false;
  }
  setTimeout(look, EVERY_MS, job);
}

function show(job, { state, stage, progress }) {
  if (OVER.includes(state)) {
    location.reload();
    return;
  }
  job.querySelector("progress").value = progress;
  for (const step of job.querySelectorAll("[data-stage]")) {
    step.toggleAttribute("aria-current", false);
    if (step.dataset.stage === stage) {
      step.setAttribute("aria-current", "step");
      job.querySelector("[data-queued]").hidden = true;
    }
  }
}

for (const job of document.querySelectorAll("[data-job]")) {
  look(job);
}

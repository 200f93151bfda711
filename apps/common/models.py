"""Abstract models that every app may build on."""

from django.db import models


class Stamped(models.Model):
    """A row that knows when it was made and last changed."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class JobState(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    SUCCEEDED = "succeeded", "Succeeded"
    FAILED = "failed", "Failed"


class Job(Stamped):
    """Work done in the background, as the person who waits for it sees it.

    The row is the truth and is written in the transaction that asks for the work; the
    message to a worker is only a hint. `apps.common.jobs` sends lost hints again.
    """

    State = JobState

    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    stage = models.CharField(max_length=40, blank=True)
    progress = models.FloatField(default=0, help_text="Share done, from 0 to 1")
    error = models.TextField(blank=True, help_text="What went wrong, for the person who asked")
    tries = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.SUCCEEDED, JobState.FAILED}

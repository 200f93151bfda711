"""Minutes a day move from each enrolment to its learner; plans are caches and are made again."""

from collections import defaultdict

from django.db import migrations

LONGEST_DAY = 24 * 60


def minutes_to_learners(apps, schema_editor):
    """A learner has, every day, the minutes of all their exams together."""
    minutes = defaultdict(int)
    for user, each in apps.get_model("study", "Enrolment").objects.values_list(
        "user", "minutes_per_day"
    ):
        minutes[user] += each
    Availability = apps.get_model("study", "Availability")
    Availability.objects.bulk_create(
        [
            Availability(user_id=user, weekday_minutes=[min(total, LONGEST_DAY)] * 7)
            for user, total in minutes.items()
        ],
        ignore_conflicts=True,
    )
    apps.get_model("study", "DailyPlan").objects.all().delete()


def minutes_to_enrolments(apps, schema_editor):
    """Divide the mean of each learner's week among their exams."""
    Enrolment = apps.get_model("study", "Enrolment")
    for week in apps.get_model("study", "Availability").objects.all():
        mine = Enrolment.objects.filter(user=week.user_id)
        mean = sum(week.weekday_minutes) / 7 / max(mine.count(), 1)
        mine.update(minutes_per_day=min(max(round(mean), 1), 600))


class Migration(migrations.Migration):
    dependencies = [("study", "0002_the_learners_time")]

    operations = [migrations.RunPython(minutes_to_learners, minutes_to_enrolments)]

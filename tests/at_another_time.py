"""manage.py at another time: `python -m tests.at_another_time 2027-01-04T12:00:00+00:00 COMMAND …`.

The clock goes on from there.
"""

import os
import sys
from datetime import datetime

import time_machine
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    moment, *command = sys.argv[1:]
    with time_machine.travel(datetime.fromisoformat(moment), tick=True):
        execute_from_command_line(["manage.py", *command])

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('study', '0004_plans_hold_prompts'),
    ]

    operations = [
        migrations.AddField(
            model_name='memory',
            name='is_suspended',
            field=models.BooleanField(default=False),
        ),
    ]

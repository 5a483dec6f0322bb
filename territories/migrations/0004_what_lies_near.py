from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territories", "0003_point_is_whole"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["lat", "lon"], name="territory_point"),
        ),
    ]

"""The forms in which exams and topics travel over HTTP."""

from rest_framework import serializers

from apps.courses.models import Exam, Topic


class ExamSerializer(serializers.ModelSerializer[Exam]):
    class Meta:
        model = Exam
        fields = (
            "code",
            "title",
            "description",
            "minutes",
            "question_count",
            "pass_mark",
            "visibility",
            "licence",
        )


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic; `path` is the ids from the domain down, each in slashes."""

    exam = serializers.SlugRelatedField[Exam](slug_field="code", read_only=True)
    is_mine = serializers.SerializerMethodField()

    class Meta:
        model = Topic
        fields = ("id", "exam", "parent", "path", "title", "weight", "position", "is_mine")

    def get_is_mine(self, topic: Topic) -> bool:
        return topic.owner_id is not None

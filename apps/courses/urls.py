"""Addresses of courses below /api/v1/."""

from rest_framework.routers import SimpleRouter

from apps.courses import api

router = SimpleRouter()
router.register("exams", api.ExamViewSet, basename="exam")
router.register("topics", api.TopicViewSet, basename="topic")

urlpatterns = router.urls

"""The quizzes' part of the API."""

from rest_framework.routers import SimpleRouter

from apps.quizzes.api import AttemptViewSet

router = SimpleRouter()
router.register("attempts", AttemptViewSet, basename="attempt")

urlpatterns = router.urls

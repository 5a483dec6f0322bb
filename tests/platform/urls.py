"""Pages that misbehave, for the tests of the middleware."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path


def reads(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH one AS (SELECT 1 AS update_of) SELECT * FROM one WHERE 'INSERT INTO x' <> 'DELETE FROM y'"
        )
    return HttpResponse(f"{Group.objects.count()} {request.POST.get('word', '')}")


def writes(request: HttpRequest) -> HttpResponse:
    Group.objects.create(name=request.GET.get("name", "made by a page"))
    return HttpResponse("written")


def updates(request: HttpRequest) -> HttpResponse:
    Group.objects.update(name="renamed by a page")
    return HttpResponse("written")


def sql(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(request.GET["sql"])
    return HttpResponse("executed")


def streams(request: HttpRequest) -> StreamingHttpResponse:
    def rows():
        yield f"{Group.objects.count()}\n"
        if "write" in request.GET:
            Group.objects.create(name="made by a stream")

    return StreamingHttpResponse(rows())


def cached(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine", headers={"Cache-Control": "no-store"})


urlpatterns = [
    path("admin/", admin.site.urls),
    path("lit/", reads),
    path("lit/<path:rest>", lambda request, rest: reads(request)),
    path("ecrit/", writes),
    path("renomme/", updates),
    path("sql/", sql),
    path("flux/", streams),
    path("garde/", cached),
]

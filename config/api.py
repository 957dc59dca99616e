"""The REST API, composed of what each room offers."""

from ninja import NinjaAPI

from reports.api import router as reports_router

api = NinjaAPI(
    title="Putokaz",
    version="1",
    description="Completion reports for institutions. Every figure is folded from the log.",
    openapi_url="/openapi.json",
    docs_url="/docs",
)
api.add_router("", reports_router)

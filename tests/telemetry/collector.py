"""A collector of the tests' own, for what the real exporter sends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

_PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Span:
    """A span as it was sent; ids in hex, as in a `traceparent`."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    failed: bool
    seconds: float
    attributes: dict[str, str | int]


@dataclass
class Collector:
    """Keeps all spans that come."""

    url: str = ""
    spans: list[Span] = field(default_factory=list)
    _more: threading.Condition = field(default_factory=threading.Condition)

    def receive(self, body: bytes) -> None:
        """Keep the spans of a request to export."""
        with self._more:
            self.spans += _spans(ExportTraceServiceRequest.FromString(body))
            self._more.notify_all()

    def wait_for(self, *names: str, trace: str) -> list[Span]:
        """Return the spans of a trace, in the order of `names`, once these have all come."""
        with self._more:
            came = self._more.wait_for(
                lambda: {*names} <= {span.name for span in self.of(trace)}, _PATIENCE_SECONDS
            )
            assert came, self.spans
            return sorted(self.of(trace), key=lambda span: names.index(span.name))

    def of(self, trace: str) -> list[Span]:
        """Return the spans of a trace that have come so far."""
        return [span for span in self.spans if span.trace == trace]


@contextmanager
def collecting() -> Iterator[Collector]:
    """Run a collector during the block."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            collector.receive(self.rfile.read(int(self.headers["Content-Length"])))
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()


def _spans(request: ExportTraceServiceRequest) -> Iterator[Span]:
    for of_resource in request.resource_spans:
        about = {pair.key: pair.value.string_value for pair in of_resource.resource.attributes}
        for of_scope in of_resource.scope_spans:
            for span in of_scope.spans:
                yield Span(
                    service=about["service.name"],
                    name=span.name,
                    trace=span.trace_id.hex(),
                    id=span.span_id.hex(),
                    parent=span.parent_span_id.hex(),
                    failed=span.status.code == span.status.STATUS_CODE_ERROR,
                    seconds=(span.end_time_unix_nano - span.start_time_unix_nano) / 1e9,
                    attributes={
                        pair.key: getattr(pair.value, str(pair.value.WhichOneof("value")))
                        for pair in span.attributes
                    },
                )

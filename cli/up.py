"""`sluice up`."""

from cli.options import DEFAULT_DATA, DEFAULT_PORT, Data, Port
from cli.show import CONSOLE, show_line
from local.signals import ended_by_signals
from local.system import running_system


def up(*, port: Port = DEFAULT_PORT, data: Data = DEFAULT_DATA) -> None:
    """Run the whole system on this machine until Ctrl-C."""
    try:
        with ended_by_signals():
            _serve(port, data)
    except KeyboardInterrupt:
        show_line("Stopped.")


def _serve(port: int, data: Data) -> None:
    starting = CONSOLE.status("Starting Postgres, the bucket and the three functions …")
    starting.start()
    with running_system(data=data, port=port) as system:
        starting.stop()
        show_line(f"Sluice is at [bold]{system.url}[/], its data in {data}. Ctrl-C ends it. Try:")
        show_line(f"  sluice upload samples/penguins.xlsx --wait --url {system.url}")
        show_line(f"  curl {system.url}/api/v1/sheets/tasks")
        system.serve()

"""Tasks for the stories of the worker."""

from django_tasks import task

done: list[str] = []


@task()
def note(word: str) -> None:
    """Do what is asked."""
    done.append(word)


@task()
def stumble(word: str, times: int) -> None:
    """Fail so many times, then do what is asked."""
    done.append(word)
    if len(done) <= times:
        raise RuntimeError(f"stumbled over {word}")

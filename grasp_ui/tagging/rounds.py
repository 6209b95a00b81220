"""What stage two asks about one conversation: the questions, before any is put."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from grasp_ui.judging.ask import Examination
from grasp_ui.judging.compare import Pair
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import RunId
from grasp_ui.tagging.armed import Armed, ArmedJudge, Described
from grasp_ui.tagging.describing import described_by
from grasp_ui.tagging.questions import Question, by_pair, by_rubric
from grasp_ui.tagging.subjects import Subject, subjects_of, task_of


@dataclass(frozen=True, slots=True)
class Round:
    """One judge's rubric, put to its models about subjects that go together."""

    judge: ArmedJudge
    exam: Examination
    subjects: tuple[Subject, ...]
    run_id: RunId | None

    def all_questions(self) -> Iterator[Question]:
        """Everything that it asks."""
        for model in self.judge.models:
            if self.judge.pairs:
                for first, second in combinations(self.subjects, 2):
                    yield self.comparison(first, second, model)
            else:
                for subject in self.subjects:
                    yield from self.questions(subject, model)

    def comparison(self, first: Subject, second: Subject, model: str) -> Question:
        """What a model is asked about two siblings."""
        inquiry = self.judge.pairs[self.exam.rubric.name]
        pair = Pair(first.prompt, first.answer, second.answer)
        name = f"{self.exam.rubric.name} by {model}"
        return Question(name, inquiry.version, model, "\0".join(pair), by_pair(inquiry, pair))

    def questions(self, subject: Subject, model: str) -> Iterator[Question]:
        """What a model is asked about one of the subjects: once a sample."""
        samples = self.judge.setting.samples
        for sample in range(samples):
            yield Question(
                f"{self.exam.rubric.name} by {model}",
                self.exam.version,
                model,
                subject.dialogue,
                by_rubric(self.exam, subject.dialogue),
                sample,
                samples,
            )


def rounds_of(armed: Armed, tagged: TaggedConversation, category: str | None) -> Iterator[Round]:
    """What judges are asked in a category; all that may be where it is unknown."""
    for judge in armed.judges:
        groups = subjects_of(judge.setting.scope, tagged)
        for exam in judge.exams_for(category):
            for group in groups:
                yield Round(judge, exam, group, tagged.conversation.run_id)


def description_of(armed: Armed, tagged: TaggedConversation) -> dict[Described, Question]:
    """What else is asked about the task; nothing of a conversation that sets none."""
    task = task_of(tagged)
    if task is None:
        return {}
    asked: dict[Described, Question] = {}
    for name in armed.describes:
        version, put = described_by(name, task.dialogue)
        asked[name] = Question(
            f"{name} by {armed.describer}", version, armed.describer, task.dialogue, put
        )
    return asked

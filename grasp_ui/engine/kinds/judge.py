"""The judge: score the last message, or every candidate of a panel."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.calls import Caller
from grasp_ui.engine.kind import CallingConfig, Flaw, OptionalVariable, Step, node_kind
from grasp_ui.engine.progress import Leave, RecordFailed
from grasp_ui.engine.transcript import Post, thread
from grasp_ui.engine.visit import Visit
from grasp_ui.judging.ask import Examination, Method, WireMessages, dialogue_text, examination
from grasp_ui.judging.examine import Examined, Send, examine
from grasp_ui.judging.pairwise import Judge, preferences_of
from grasp_ui.judging.parse import Judgement, UnreadableJudgement
from grasp_ui.llm.port import Reply
from grasp_ui.llm.together import together
from grasp_ui.model.fields import ModelAlias, PromptText, RubricName
from grasp_ui.model.preference import Preference
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, ConversationId, MessageId
from grasp_ui.registry import Look


class JudgeConfig(CallingConfig):
    """Score the last message by a rubric; directly after a panel, every candidate."""

    judges: ClassVar[bool] = True

    rubric: Annotated[RubricName, Field(title="Rubric")] = "helpfulness"
    method: Annotated[
        Method,
        Field(
            title="Method",
            description="`p_yes`: how probable yes is (0 to 1, one token). "
            "`schema`: a score for each dimension, with reasons. `expected_score`: the mean of "
            "the levels by how probable each is (one token).",
        ),
    ] = "p_yes"
    model: Annotated[
        ModelAlias, Field(title="Model", description="Empty: the graph's only one.")
    ] = ""
    question: Annotated[
        PromptText, Field(title="Question", description="Stands in for the rubric's own.")
    ] = ""
    writes: Annotated[
        OptionalVariable,
        Field(title="Variable", description="Takes `score` and `reason`; a list after a panel."),
    ] = ""
    reject_below: Annotated[
        float | None,
        Field(title="Reject below", description="Messages that score less are dropped."),
    ] = None
    jinja: Annotated[
        bool, Field(title="Jinja", description="Read the question as Jinja (in a sandbox).")
    ] = False

    def schemas_written(self) -> Mapping[str, Any]:
        """Score and reason; what else there is hangs on the method."""
        parts = {"score": {"type": "number"}, "reason": {"type": "string"}}
        return {self.writes: {"type": "object", "properties": parts}} if self.writes else {}

    def flaws(self) -> Iterator[Flaw]:
        """Call settings that its method has no use for are said to have none."""
        if self.method == "schema":
            if self.grammar:
                yield Flaw("grammar", "The schema takes the grammar's place.", "Leave it out.")
            return
        names = ("temperature", "top_p", "max_tokens", "stop", "grammar", "seeded")
        for name in (name for name in names if getattr(self, name) not in (None, (), "", False)):
            what = "This method reads the likelihood of one token: the setting has no effect."
            yield Flaw(name, what, "Leave it out, or use the method `schema`.", "warning")


@node_kind(
    "judge",
    config=JudgeConfig,
    look=Look("Judge", "Score the last message by a rubric.", "Quality", "gavel", "#dc2626"),
)
def judge(config: JudgeConfig, bench: Bench) -> Step:
    """Make the step that asks about messages, writes their scores and tags them."""
    exam = examination(bench.rubric(config.rubric), config.method, question=config.question)
    question = bench.text(config.question)
    caller = _caller(config, exam, bench)

    async def score(visit: Visit) -> None:
        posts = _judged_posts(visit)
        asked = question(visit.variables)
        # Each draws its fence before it waits for anything, so in the order of the candidates.
        examined = await together(
            examine(
                exam, _dialogue(post), visit.random, _send(caller, visit, number), question=asked
            )
            for number, post in enumerate(posts)
        )
        found = [_judgement(one) for one in examined]
        _keep(
            config,
            visit,
            Judge(caller.model.name, exam.version),
            list(zip(posts, found, strict=True)),
        )

    return score


def _caller(config: JudgeConfig, exam: Examination, bench: Bench) -> Caller:
    if exam.schema is None:
        return bench.token_caller(config.model, config, exam.settings)
    # The reply is read here and not held to the schema by the model: what is wrong with it can
    # then be shown to the judge.
    return replace(bench.json_caller(config.model, config, exam.schema), schema=None, formal=True)


def _send(caller: Caller, visit: Visit, candidate: int) -> Send:
    async def send(messages: WireMessages, _exam: Examination) -> Reply:
        return await caller.reply(visit, messages, candidate=candidate)

    return send


def _judgement(examined: Examined) -> Judgement:
    if examined.judgement is None:
        raise UnreadableJudgement(examined.fault, examined.wrong)
    return examined.judgement


def _judged_posts(visit: Visit) -> list[Post]:
    tip = visit.tip
    if tip is None or tip.role == "system":
        raise RecordFailed(
            "nothing_to_judge", "No message was said before the judge. Put a turn before it."
        )
    return list(tip.siblings) if tip.node in visit.node.panels else [tip]


def _dialogue(post: Post) -> str:
    said = [one for one in thread(post) if one.role != "system"]
    return dialogue_text((one.name or one.role, one.content) for one in said)


def _keep(
    config: JudgeConfig, visit: Visit, by: Judge, judged: Sequence[tuple[Post, Judgement]]
) -> None:
    """Variable, tags, preferences, and the choice where the panel left it to the judge."""
    values = [_variable(judgement) for _, judgement in judged]
    if config.writes:
        visit.write(config.writes, values if len(judged) > 1 else values[0])
    by = Judge(by.author, by.version, visit.scope.settings.run_id)
    visit.judged([post for post, _ in judged], _leave(config, by, [one for _, one in judged]))
    panel = visit.scope.plan.nodes.get(judged[0][0].node or "")
    if len(judged) > 1 and panel is not None and panel.config.awaits_judge():
        visit.choose(max(judged, key=lambda one: one[1].value)[0])


def _leave(config: JudgeConfig, by: Judge, found: Sequence[Judgement]) -> Leave:
    """What the judge leaves when the record finishes: a tag each, a preference for each pair."""

    def leave(
        conversation: ConversationId, prompt: MessageId | None, ids: Sequence[MessageId]
    ) -> tuple[Sequence[Tag], Sequence[Preference]]:
        judged = list(zip(ids, found, strict=True))
        tags = [_tag(config, by, conversation, one) for one in judged]
        return tags, preferences_of(conversation, prompt, judged, by)

    return leave


def _variable(judgement: Judgement) -> dict[str, Any]:
    return {**judgement.evidence, "score": judgement.value, "reason": judgement.reason}


def _tag(
    config: JudgeConfig,
    by: Judge,
    conversation: ConversationId,
    judged: tuple[MessageId, Judgement],
) -> Tag:
    ident, judgement = judged
    reason = {"reason": judgement.reason} if judgement.reason else {}
    return Tag(
        target=Target(conversation_id=conversation, kind="message", id=ident),
        name=config.rubric,
        value=judgement.value,
        score=judgement.score,
        action=_action(config, judgement),
        source="judge",
        author=by.author,
        version=by.version,
        evidence={**reason, **judgement.evidence, "method": config.method},
        run_id=by.run_id,
    )


def _action(config: JudgeConfig, judgement: Judgement) -> Action:
    if config.reject_below is None:
        return "info"
    return "reject" if judgement.value < config.reject_below else "pass"

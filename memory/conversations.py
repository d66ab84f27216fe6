"""Conversations, their turns, and the questions that wait for a person."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from agent.errors import ConflictError, NotFoundError
from agent.events import Json
from agent.film import Shot
from agent.inquiries import Inquiry
from agent.people import HOUSE
from agent.talks import Said, Talk
from memory import tables
from memory.rows import Rows, lock
from memory.shelves import TALKS, TURNS
from memory.whole import whole


class Conversations(Rows):
    """What was said, and what was asked back."""

    @whole
    async def open_conversation(self, project_id: str, *, door: str) -> str:
        """Start a conversation at a door; its id."""
        conversation_id = self._new_id("conversation")
        values = {"id": conversation_id, "project_id": project_id, "door": door, "created_us": self._now_us()}
        async with self.database.writing() as connection:
            await lock(connection, tables.projects, project_id, what="project")
            await connection.execute(insert(tables.conversations).values(**values))
        return conversation_id

    @whole
    async def conversations(self, project_id: str) -> tuple[str, ...]:
        """Ids of a project's conversations, oldest first."""
        rows = tables.conversations
        async with self.database.reading() as connection:
            found = await connection.scalars(
                select(rows.c.id).where(rows.c.project_id == project_id).order_by(rows.c.seq)
            )
            return tuple(found)

    @whole
    async def conversation(self, conversation_id: str) -> Talk:
        """The conversation of that id."""
        async with self.database.reading() as connection:
            return await TALKS.one(connection, tables.conversations.c.id == conversation_id, name=conversation_id)

    @whole
    async def talks(self, project_id: str) -> tuple[Talk, ...]:
        """A project's conversations, oldest first."""
        async with self.database.reading() as connection:
            return await TALKS.all(connection, tables.conversations.c.project_id == project_id)

    @whole
    async def add_turn(
        self, conversation_id: str, text: str, *, turn_id: str | None = None, said_by: str = HOUSE
    ) -> str:
        """Keep what the person wrote; the turn's id.

        Raises:
            ConflictError: There is a turn of that id already.
        """
        rows = tables.turns
        turn_id = turn_id or self._new_id("turn")
        words = {"id": turn_id, "conversation_id": conversation_id, "text": text, "said_by": said_by}
        values = {**words, "created_us": self._now_us()}
        async with self.database.writing() as connection:
            await lock(connection, tables.conversations, conversation_id, what="conversation")
            if await connection.scalar(select(rows.c.id).where(rows.c.id == turn_id)) is not None:
                raise ConflictError(f"{turn_id} was said already; nothing was stored twice")
            await connection.execute(insert(rows).values(**values))
        return turn_id

    @whole
    async def turn(self, turn_id: str) -> Said:
        """The turn of that id."""
        async with self.database.reading() as connection:
            return await TURNS.one(connection, tables.turns.c.id == turn_id, name=turn_id)

    @whole
    async def turns(self, conversation_id: str) -> tuple[Said, ...]:
        """The turns of a conversation, oldest first."""
        async with self.database.reading() as connection:
            return await TURNS.all(connection, tables.turns.c.conversation_id == conversation_id)

    @whole
    async def unanswered(self) -> tuple[Said, ...]:
        """Turns that nobody has finished acting on, oldest first."""
        async with self.database.reading() as connection:
            return await TURNS.all(connection, tables.turns.c.reply.is_(None))

    @whole
    async def finish_turn(self, turn_id: str, *, reply: str) -> None:
        """Keep the turn's one reply; the same reply again changes nothing.

        Raises:
            ConflictError: It was answered otherwise already.
        """
        rows = tables.turns
        async with self.database.writing() as connection:
            await lock(connection, rows, turn_id, what="turn")
            given = await connection.scalar(select(rows.c.reply).where(rows.c.id == turn_id))
            if given is not None and given != reply:
                raise ConflictError(f"{turn_id} has its reply already; the first one stays")
            values = {"reply": reply, "finished_us": self._now_us()}
            await connection.execute(update(rows).where(rows.c.id == turn_id, rows.c.reply.is_(None)).values(**values))

    @whole
    async def turn_text(self, turn_id: str) -> str:
        """What the person wrote."""
        async with self.database.reading() as connection:
            text = await connection.scalar(select(tables.turns.c.text).where(tables.turns.c.id == turn_id))
        if text is None:
            raise NotFoundError(what="turn", name=turn_id)
        return str(text)

    @whole
    async def inquire(self, conversation_id: str, *, kind: str, question: Mapping[str, Json]) -> str:
        """Ask the person something that is about no single shot; its id. It takes the place of one still open."""
        rows = tables.inquiries
        async with self.database.writing() as connection:
            await lock(connection, tables.conversations, conversation_id, what="conversation")
            inquiry_id = self._new_id("inquiry")
            values = {"id": inquiry_id, "conversation_id": conversation_id, "kind": kind, "question": dict(question)}
            now_us = self._now_us()
            await connection.execute(
                update(rows)
                .where(rows.c.conversation_id == conversation_id, rows.c.answered_us.is_(None))
                .values(answer={"left": True}, answered_us=now_us)
            )
            await connection.execute(insert(rows).values(**values, created_us=now_us))
        return inquiry_id

    @whole
    async def inquiry(self, conversation_id: str) -> Inquiry | None:
        """What was asked and is still open."""
        rows = tables.inquiries
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(rows.c.id, rows.c.kind, rows.c.question).where(
                    rows.c.conversation_id == conversation_id, rows.c.answered_us.is_(None)
                )
            )
            row = found.first()
        return None if row is None else Inquiry(id=row.id, kind=row.kind, question=row.question)

    @whole
    async def close_inquiry(self, inquiry_id: str, answer: Mapping[str, Json]) -> bool:
        """Close it once; ``False`` when it was closed already."""
        rows = tables.inquiries
        async with self.database.writing() as connection:
            closed = await connection.execute(
                update(rows)
                .where(rows.c.id == inquiry_id, rows.c.answered_us.is_(None))
                .values(answer=dict(answer), answered_us=self._now_us())
            )
        return closed.rowcount == 1

    @whole
    async def ask(self, shot: Shot, *, kind: str, question: Mapping[str, Json]) -> str:
        """Open a question about a shot, or find the one that is open; its id."""
        rows = tables.decisions
        async with self.database.writing() as connection:
            await lock(connection, tables.shots, shot.id, what="shot")
            waiting = await connection.scalar(
                select(rows.c.id).where(rows.c.shot_id == shot.id, rows.c.answered_us.is_(None))
            )
            if waiting is not None:
                return str(waiting)
            decision_id = self._new_id("decision")
            values = {"id": decision_id, "project_id": shot.project_id, "shot_id": shot.id, "kind": kind}
            content = {"question": dict(question), "created_us": self._now_us()}
            await connection.execute(insert(rows).values(**values, **content))
        return decision_id

    @whole
    async def open_questions(self, project_id: str) -> tuple[tuple[str, str, Mapping[str, Json]], ...]:
        """Id, shot id and content of each open question, the content with its ``kind``; oldest first."""
        rows = tables.decisions
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(rows.c.id, rows.c.shot_id, rows.c.kind, rows.c.question)
                .where(rows.c.project_id == project_id, rows.c.answered_us.is_(None))
                .order_by(rows.c.seq)
            )
            return tuple((row.id, row.shot_id, {**row.question, "kind": row.kind}) for row in found)

    @whole
    async def answer(self, decision_id: str, answer: Mapping[str, Json]) -> bool:
        """Close a question once; ``False`` when it was closed already."""
        rows = tables.decisions
        async with self.database.writing() as connection:
            await lock(connection, rows, decision_id, what="question")
            closed = await connection.execute(
                update(rows)
                .where(rows.c.id == decision_id, rows.c.answered_us.is_(None))
                .values(answer=dict(answer), answered_us=self._now_us())
            )
        return closed.rowcount == 1

    @whole
    async def approved_micro_usd(self, shot_id: str) -> int:
        """The highest price per take that was agreed to for a shot; 0 for none."""
        rows = tables.decisions
        spent = (rows.c.shot_id == shot_id, rows.c.kind == "spend", rows.c.answered_us.is_not(None))
        async with self.database.reading() as connection:
            found = await connection.execute(select(rows.c.question, rows.c.answer).where(*spent))
            prices = [int(row.question["cost_micro_usd"]) for row in found if row.answer.get("approve") is True]
        return max(prices, default=0)

    @whole
    async def said(self, conversation_id: str, *, before: str, most: int) -> tuple[tuple[str, str], ...]:
        """The last turns before a turn, latest first: their ids and what the person wrote."""
        rows = tables.turns
        this = select(rows.c.seq).where(rows.c.id == before).scalar_subquery()
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(rows.c.id, rows.c.text)
                .where(rows.c.conversation_id == conversation_id, rows.c.seq < this)
                .order_by(rows.c.seq.desc())
                .limit(most)
            )
            return tuple((row.id, row.text) for row in found)

    @whole
    async def answered(self, decision_id: str) -> Mapping[str, Json] | None:
        """The answer to a question, ``None`` while it is open."""
        rows = tables.decisions
        async with self.database.reading() as connection:
            row = (await connection.execute(select(rows.c.answer).where(rows.c.id == decision_id))).first()
        if row is None:
            raise NotFoundError(what="question", name=decision_id)
        answer: dict[str, Any] | None = row.answer
        return answer

"""The people of one batch: 指派 first, then 重新下乡, then a proposal; each choice with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.schedule import PostingReason
from xiaxiang.schedule.propose import available, propose

if TYPE_CHECKING:
    from xiaxiang.model.event import Assignment, Event, Incident, Redispatch
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.rank import Rank, RankTable
    from xiaxiang.model.schedule import Candidacy
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.propose import Member
    from xiaxiang.schedule.state import Replay


@dataclass(frozen=True, slots=True)
class Choice:
    """Who goes for a slot: the person (or nobody), whether only proposed, by what right, and why."""

    person: Person | None
    proposed: bool
    reason: PostingReason
    because: tuple[Reason, ...]
    candidates: tuple[Candidacy, ...] = ()


class Chooser:
    """Chooses the people of one batch; `taken` are those already in it."""

    def __init__(self, replay: Replay, days: BatchDays) -> None:
        """Start a batch with nobody in it."""
        self._replay = replay
        self._departments = replay.departments
        self._ranks: RankTable = replay.workspace.ranks
        self._rules = replay.rules
        self._book = replay.book
        self._journal = replay.journal
        self._log = replay.log
        self._days = days
        self.lane = ""
        """The specialty of the lane at hand: only its people are proposed; "" where departments queue as such."""
        self.passed: dict[str, Reason] = {}
        """Departments passed over in this batch, in whatever lane, with the reason."""
        self.taken: set[Member] = set()
        self._gone = {
            self._member(name, found[1])
            for event in replay.book.cannot_go(days)
            if (found := self.find(name := replay.book.department(event.department), event.person))
        }
        """Who cannot go in this batch by a 意外 before its handover, whatever would send them."""
        self._out = set(self._gone)
        """`taken` and `_gone` together."""
        rank = replay.rules.rotation.lowest_rank
        self._lowest: Rank | None = rank.on(days.handover_on) if rank else None

    def department(self, name: str) -> Department | None:
        """Return a department by any of its names."""
        return self._departments.get(name)

    def find(self, department: str, who: str) -> tuple[int, Person] | None:
        """Return the place and the person that `who` (name or 工号) means in a department."""
        found = self._departments.get(department)
        people = found.find(who) if found else ()
        return (
            (next(i for i, one in enumerate(found.people) if one is people[0]), people[0]) if found and people else None
        )

    def _member(self, department: str, person: Person) -> Member:
        return self._log.member(self._departments[department], person)

    def has_specialist(self, department: str, specialty: str) -> bool:
        """Whether somebody of the department with that specialty can serve in this batch."""
        return bool(self._free(department, specialty))

    def is_free(self, department: str, who: str) -> bool:
        """Whether the person can serve on every day of the batch and is not in it yet."""
        found = self.find(department, who)
        return (
            found is not None
            and self._member(department, found[1]) not in self._out
            and not found[1].why_unavailable(self._days.handover_on, self._days.ends_on)
        )

    def take(self, department: str, person: Person) -> None:
        """Put a person into the batch and count the posting."""
        found = self._departments.get(department)
        if found is None:
            return
        member = self._log.member(found, person)
        self.taken.add(member)
        self._out.add(member)
        member.serve(self._days)

    def choose(self, department: str, specialty: str = "", count: int = 1) -> tuple[Choice, ...]:
        """Return who goes for a department's turn, `count` people, already taken into the batch."""
        choices: list[Choice] = []
        for assignment in self._in_force(department, count):
            self._append(choices, department, self._assigned(department, assignment))
        if len(choices) < count and (sent := self._sent_again(department)):
            self._append(choices, department, sent)
        if not choices and (gone := self._gone_by_incident(department)):
            self._append(choices, department, gone)
        while len(choices) < count:
            has_one = choices and any(one.person and one.person.specialty == specialty for one in choices)
            choice = self.propose(department, "" if has_one else specialty, announce=not choices)
            if choice.person is None and choices:
                break
            self._append(choices, department, choice)
        return tuple(choices)

    def propose(self, department: str, specialty: str = "", *, announce: bool = True) -> Choice:
        """Return the program's proposal, with a notice where nobody (of the rank) is free."""
        found = self._departments.get(department)
        if found is None:
            return Choice(None, proposed=False, reason=PostingReason.QUEUE, because=())
        free = self._free(department, specialty or self.lane)
        proposal = propose(found, self._days, free, self._lowest)
        if proposal.person is None and announce:
            self._journal.note(
                "nobody-available",
                f"{proposal.why}。名额空着，请科室另定人选",
                self._rules.clause("lowest_rank") if self._lowest else self._rules.rule("人员派遣"),
                severity=Severity.ERROR,
                department=department,
            )
        elif proposal.person is not None and proposal.below_rank and self._lowest:
            self._journal.warn(
                "below-rank",
                f"{department} 建议 {proposal.person.name}，但没有{self._lowest.label}以上职称的人可派",
                self._rules.clause("lowest_rank"),
                department=department,
                person=proposal.person.name,
            )
        why = proposal.why if self._lowest or proposal.person is None else f"{proposal.why}；制度没有规定最低职称"
        because = (Reason(why, self._rules.rule("人员派遣")),)
        is_proposed = proposal.person is not None
        return Choice(proposal.person, is_proposed, PostingReason.QUEUE, because, proposal.candidates)

    def _append(self, choices: list[Choice], department: str, choice: Choice) -> None:
        choices.append(choice)
        if choice.person is not None:
            self.take(department, choice.person)

    def _free(self, department: str, specialty: str = "") -> list[Member]:
        found = self._departments.get(department)
        if found is None:
            return []
        free = available(self._log.members(found), self._days, self._out)
        return [one for one in free if one.person.specialty == specialty] if specialty else free

    def _in_force(self, department: str, count: int) -> tuple[Assignment, ...]:
        """Return the last `count` 指派 of the batch; earlier ones are overruled, with a warning."""
        named = self._book.assignments(self._days.name, department)
        if not named:
            return ()
        every = tuple(one for one in named if self._book.is_open(one) and self._may_serve(department, one.person))
        for overruled in every[:-count]:
            self._book.answer(overruled)
            decides = self._name(department, every[-1])
            self._journal.warn(
                "assignment-warning",
                f"{self._days.name.label} {department} 指派了不止一次，以后一条（{decides}）为准",
                self._rules.rule("人员派遣"),
                overruled,
                department=department,
                person=self._name(department, overruled),
            )
        return tuple(one for one in every[-count:] if self.find(department, one.person))

    def _assigned(self, department: str, event: Assignment) -> Choice:
        self._book.answer(event)
        _, person = self.find(department, event.person) or (0, None)
        if person is None or self._member(department, person) in self._out:
            return self.propose(department)
        for doubt in self._doubts(person):
            self._journal.warn(
                "assignment-warning",
                f"{department} 指派 {person.name}，但{doubt}。指派照办",
                self._rules.rule("人员派遣"),
                event,
                department=department,
                person=person.name,
            )
        because = self._because(event, f"科室指派 {person.name}（{event.on.isoformat()}）", "人员派遣")
        return Choice(person, proposed=False, reason=PostingReason.QUEUE, because=because)

    def _doubts(self, person: Person, from_on: date | None = None) -> tuple[str, ...]:
        """Return what speaks against a person whom somebody chose, for the batch or the rest of it."""
        rank = self._ranks.rank_of(person)
        low = self._lowest and (rank is None or rank < self._lowest)
        why = person.why_unavailable(max(self._days.handover_on, from_on or date.min), self._days.ends_on)
        return tuple(filter(None, (f"职称不到{self._lowest.label}" if low and self._lowest else "", why)))

    def _sent_again(self, department: str) -> Choice | None:
        """Return the person of an open 重新下乡 that takes this turn (口径.重新下乡: 占用下一轮次)."""
        for _, event in self._book.redispatches(self._days.name, department):
            if self._rules.reading("重新下乡") != "占用下一轮次" or not self._may_serve(department, event.person):
                continue
            if not self.is_free(department, event.person):
                self._busy(department, event)
                continue
            found = self.find(department, event.person)
            if found:
                self._book.answer(event)
                text = f"{found[1].name} 重新下乡，占用{department}的这一轮次"
                because = self._because(event, text, "重新下乡")
                return Choice(found[1], proposed=False, reason=PostingReason.REDISPATCH, because=because)
        return None

    def _busy(self, department: str, event: Redispatch) -> None:
        """Say that somebody to be sent again cannot go with this turn: they wait for the department's next one."""
        who = self._replay.name_of(department, event.person)
        text = f"{department} {who} 重新下乡，这一批不能成行，等本科室下一轮次"
        source = self._rules.rule("重新下乡")
        self._journal.warn("event-unused", text, source, event, department=department, person=who)

    def _may_serve(self, department: str, who: str) -> bool:
        """Whether a person may take a slot of this lane: not where the department queues for their own specialty."""
        found = self.find(department, who) if self.lane else None
        if found is None or found[1].specialty == self.lane:
            return True
        theirs = (lane.queue for lane in self._replay.lanes if lane.specialty == found[1].specialty)
        return all(department not in queue.order for queue in theirs)

    def _gone_by_incident(self, department: str) -> Choice | None:
        """Return the person whom a 意外 within the batch names: that they went is then a fact."""
        for event in self._book.incidents(self._days.name, department):
            is_within = self._days.handover_on <= event.on <= self._days.ends_on
            found = self.find(department, event.person) if event.person and is_within else None
            if found and self._member(department, found[1]) not in self.taken:
                because = self._because(event, f"变动登记写明 {found[1].name} 是原派人员", "人员派遣")
                return Choice(found[1], proposed=False, reason=PostingReason.QUEUE, because=because)
        return None

    def substitute(self, department: str, who: str, event: Incident) -> Choice | None:
        """Return the 接替人员 of a 意外 as a choice, taken into the batch; None if not of this department."""
        found = self.find(department, who)
        if found is None:
            return None
        doubts = self._doubts(found[1], event.on)
        if self._member(department, found[1]) in self.taken:
            doubts = (f"已在{self._days.name.label}之中", *doubts)
        else:
            self.take(department, found[1])
        for doubt in doubts:
            text = f"接替人员 {found[1].name} {doubt}。登记照办"
            source = self._rules.rule("意外公布")
            self._journal.warn("assignment-warning", text, source, event, department=department, person=found[1].name)
        gone = self._replay.name_of(self._book.department(event.department), event.person) or department
        because = self._because(event, f"{gone} 因{event.reason or '意外'}由 {found[1].name} 接替", "意外公布")
        return Choice(found[1], proposed=False, reason=PostingReason.INCIDENT, because=because)

    def _name(self, department: str, event: Assignment) -> str:
        return self._replay.name_of(department, event.person)

    def _because(self, event: Event, text: str, rule: str) -> tuple[Reason, ...]:
        position = event.places.of() if event.places.file else None
        return (Reason(text, self._rules.rule(rule), position),)

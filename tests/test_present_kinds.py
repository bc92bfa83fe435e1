from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import documents_support as made
import pytest

from xiaxiang.model.appraisal import Release
from xiaxiang.model.document import Content, Refusal, Request
from xiaxiang.present.kinds import KINDS, available, complete, every, kind_named, present

if TYPE_CHECKING:
    from xiaxiang.present.given import Given

WITHHELD = Request("service-certificate", made.SECOND, person="吴十")


def texts(content: Content, table: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in content.tables[table].rows]


def refused(request: Request, given: Given | None = None) -> Refusal:
    result = present(given or made.given(), request)
    assert isinstance(result, Refusal)
    return result


def test_every_kind_is_known_by_both_names() -> None:
    assert [kind_named(kind.name) for kind in KINDS] == list(KINDS)
    assert [kind_named(kind.identifier) for kind in KINDS] == list(KINDS)
    assert kind_named("没有的文种") is None


def test_a_notice_prints_who_is_certain_and_leaves_the_rest_to_the_department() -> None:
    content = made.content("dispatch-notice", request=Request("dispatch-notice", made.FIRST))
    assert texts(content, "人员") == [
        ["1", "内科", "张三", "主治医师", made.EAST, ""],
        ["2", "妇产科", "由科室确定", "", made.EAST, ""],
        ["3", "", "空缺", "", made.WEST, ""],
    ]
    assert content.values["待定科室"] == "妇产科"
    assert content.values["人数"] == 2
    assert content.values["交接日说明"] == "首个周一1月1日是元旦，顺延到1月2日（周二）（三（一））"
    assert content.values["成文日期"] == "2023年12月29日"
    assert not content.is_numbered


def test_a_notice_does_not_tell_what_happened_after_the_handover() -> None:
    content = made.content("dispatch-notice")
    assert [row[2] for row in texts(content, "人员")] == ["孙八", "王五", "吴十"]
    assert content.values["发文字号"] == "某县医发〔2024〕12号"
    assert content.values["成文日期"] == "2024年3月27日"
    assert content.values["电话"] == "0000-1234567"


def test_the_table_of_a_year_shows_a_split_place_with_both_people_and_their_days() -> None:
    rows = texts(made.content("rotation-table"), "轮换")
    assert [row[-1] for row in rows[-2:]] == ["4月1日至5月19日", "意外接替\n5月20日至6月30日"]
    assert len(rows) == 7


def test_the_notes_of_a_year_are_its_moved_days_and_changes_and_nothing_else() -> None:
    notes = made.content("rotation-table").values["说明"]
    assert isinstance(notes, tuple)
    assert len(notes) == 4
    assert not any("提醒" in str(note) for note in notes)


def test_a_bulletin_holds_exactly_the_notices_published_in_its_month_by_day() -> None:
    changes = made.content("quality-bulletin").values["变动"]
    assert [(one["日期"], one["依据"]) for one in changes] == [("3月20日", "三（四）"), ("3月22日", "三（四）")]  # type: ignore[union-attr,index,call-overload]  # a list of mappings


def test_a_month_without_changes_has_no_bulletin_and_says_so() -> None:
    refusal = refused(Request("quality-bulletin", month=date(2024, 4, 1)))
    assert refusal.reason == "2024年4月派遣顺序和人员没有变动，不需要公布"
    assert str(refusal.source) == "《卫生下乡工作制度》三（四）"


def test_a_circular_groups_people_by_verdict_and_says_why_and_what_it_costs() -> None:
    values = made.content("assessment-circular").values
    groups = values["考核"]
    assert [(one["序号"], one["结论"], one["名单"]) for one in groups] == [  # type: ignore[union-attr,index,call-overload]  # a list of mappings
        ("一", "全部完成", "王五（外科）"),
        ("二", "一项未完成", "孙八（骨科）"),
        ("三", "三项未完成", "吴十（眼科）"),
    ]
    assert groups[1]["人员"][0]["扣发依据"] == "1个月（四（三））"  # type: ignore[index,call-overload]  # as above
    assert values["待补"] == "郑一（口腔科）"
    assert values["不予填写"] == {"名单": "吴十（眼科）", "依据": "四（三）"}


def test_departments_of_a_roster_with_several_batches_are_said_to_be_of_all_of_them() -> None:
    given = made.given()
    assert given.appraisal is not None
    earlier = replace(given.appraisal.people[0], batch=made.FIRST)
    both = replace(given, appraisal=replace(given.appraisal, people=(*given.appraisal.people, earlier)))
    content = present(both, made.REQUESTS["assessment-circular"])
    assert isinstance(content, Content)
    assert content.values["科室范围"] == "2024年第1批、2024年第2批"
    assert made.content("assessment-circular").values["科室范围"] == ""


def test_the_sheet_adds_up_to_the_totals_of_the_run_in_figures_and_in_words() -> None:
    given = made.given()
    assert given.appraisal is not None
    sums = made.content("allowance-sheet").values["合计"]
    totals = given.appraisal.totals
    assert sums["应发"] == "3,960" == f"{totals.due // 100:,}"  # type: ignore[index,call-overload]  # a mapping
    assert sums["实发"] == "2,640" == f"{totals.paid // 100:,}"  # type: ignore[index,call-overload]  # a mapping
    assert sums["净额"] == "2,440" == f"{totals.personal_net // 100:,}"  # type: ignore[index,call-overload]  # a mapping
    assert sums["实发大写"] == "贰仟陆佰肆拾元整"  # type: ignore[index,call-overload]  # a mapping
    assert (sums["可发"], sums["待发"]) == ("1,760", "880")  # type: ignore[index,call-overload]  # a mapping


def test_the_sheet_has_a_row_for_everybody_and_no_amount_for_whom_nothing_can_be_said() -> None:
    rows = texts(made.content("allowance-sheet"), "补助")
    assert rows[1][4:11] == ["20元×22天\n×3个月", "1,320", "1个月\n（四（三））", "440", "880", "", "880"]
    assert rows[1][11] == "待发：缺下乡总结（四（四））"
    assert rows[3][4:12] == ["待补", "待补", "", "待补", "待补", "", "待补", "待补"]


def test_an_amount_that_the_columns_cannot_explain_is_explained_below() -> None:
    given = made.given()
    assert given.appraisal is not None
    cut = made.Allowance(66000, 0, 66000, (made.Reason("33 天 × 20 元 = 660 元", made.clause("四（五）")),))
    short = replace(given.appraisal.people[0], allowance=cut)
    changed = replace(given, appraisal=replace(given.appraisal, people=(short,)))
    content = present(changed, made.REQUESTS["allowance-sheet"])
    assert isinstance(content, Content)
    assert content.values["说明"] == ("王五：33天×20元=660元（四（五））",)
    assert texts(content, "补助")[0][4] == "见说明"


def test_a_roster_that_says_nothing_of_papers_is_not_taken_for_ready() -> None:
    given = made.given()
    assert given.appraisal is not None
    unknown = replace(given.appraisal.people[0], release=Release("unknown", (), None))
    content = present(
        replace(given, appraisal=replace(given.appraisal, people=(unknown,))), made.REQUESTS["allowance-sheet"]
    )
    assert isinstance(content, Content)
    assert texts(content, "补助")[0][11] == "发放前提未登记"


def test_a_certificate_is_refused_with_the_clause_that_withholds_it() -> None:
    refusal = refused(WITHHELD)
    assert refusal.reason == "吴十三项未完成，不予填写"
    assert refusal.source == made.clause("四（三）")
    assert refusal.text.startswith("不能出服务鉴定表：吴十三项未完成，不予填写（《卫生下乡工作制度》四（三））。")


def test_a_certificate_of_somebody_whose_result_is_open_is_refused() -> None:
    assert refused(replace(WITHHELD, person="郑一")).reason == "郑一的考核还待补"


def test_a_person_is_found_by_name_or_number_and_two_of_a_name_are_told_apart() -> None:
    by_number = made.content("service-certificate", request=replace(WITHHELD, person="1005"))
    assert by_number.values["姓名"] == "王五"
    assert by_number.values["发文字号"] == "鉴2024-05"
    given = made.given()
    assert given.appraisal is not None
    twin = replace(given.appraisal.people[0], id="2005", department="骨科")
    both = replace(given, appraisal=replace(given.appraisal, people=(*given.appraisal.people, twin)))
    assert refused(replace(WITHHELD, person="王五"), both).reason == "名册里有2个“王五”（外科 1005、骨科 2005）"
    assert refused(replace(WITHHELD, person="无此人")).reason == "名册里没有“无此人”"


def test_peoples_numbers_are_masked_unless_asked_for() -> None:
    form = str(made.content("service-certificate").tables)
    assert "370100198506151234" not in form
    assert "370100********1234" in form
    plain = present(made.given(unmasked=True), made.REQUESTS["service-certificate"])
    assert isinstance(plain, Content)
    assert "370100198506151234" in str(plain.tables)


def test_one_of_each_kind_is_offered_and_withheld_certificates_are_named() -> None:
    offer = available(made.given())
    assert [one.kind for one in offer.requests] == [kind.identifier for kind in KINDS]
    assert [one.file_stem for one in offer.requests] == [
        "派遣通知_2024年第2批",
        "轮换表_2024年",
        "质控动态_2024年5月",
        "考核通报_2024年第2批",
        "补助发放表_2024年第2批",
        "服务鉴定表_2024年第2批_王五",
        "轮次说明_2024年第2批_骨科",
    ]
    assert [one.reason for one in offer.withheld] == [
        "孙八的材料未齐（缺下乡总结），审核完成后再填写",
        "吴十三项未完成，不予填写",
        "郑一的考核还待补",
    ]


def test_without_a_roster_the_first_batch_counts_and_what_needs_one_is_not_offered() -> None:
    offer = available(replace(made.given(), appraisal=None))
    assert [one.file_stem for one in offer.requests] == [
        "派遣通知_2024年第1批",
        "轮换表_2024年",
        "质控动态_2024年3月",
        "轮次说明_2024年第1批_内科",
    ]
    assert offer.withheld == ()


def test_every_paper_of_a_kind_is_one_per_batch_month_or_person() -> None:
    given = made.given()
    assert [str(one.batch) for one in every(given, "派遣通知").requests] == ["2024-1", "2024-2"]
    assert [one.month for one in every(given, "质控动态").requests] == [date(2024, 3, 1), date(2024, 5, 1)]
    assert [str(one.batch) for one in every(given, "补助发放表").requests] == ["2024-2"]
    certificates = every(given, "服务鉴定表")
    assert [one.file_stem for one in certificates.requests] == ["服务鉴定表_2024年第2批_王五"]
    assert len(certificates.withheld) == 3


def test_what_a_request_leaves_open_is_completed_and_what_it_says_is_kept() -> None:
    given = made.given()
    assert complete(given, Request("dispatch-notice")).batch == made.SECOND
    assert complete(given, Request("dispatch-notice", made.FIRST)).batch == made.FIRST
    assert complete(given, Request("rotation-table")).year == 2024


@pytest.mark.parametrize(
    "request_",
    [
        Request("dispatch-notice", made.BatchName(2030, 1)),
        Request("rotation-table", year=2030),
        Request("assessment-circular", made.FIRST),
        Request("allowance-sheet", made.FIRST),
        Request("service-certificate"),
    ],
)
def test_what_the_data_do_not_hold_is_refused_with_what_to_do(request_: Request) -> None:
    refusal = refused(request_)
    assert refusal.hint
    assert refusal.text.startswith(f"不能出{refusal.name}：")

"""Synthetic clinical notes in Chinese and English with known values and where they stand.

Made up for the tests: no patient's, and nobody's text. Every note leaves something out, denies
something, and has numbers and dates that are not what is wanted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from shared.extraction.answer import Found
from shared.extraction.template import Template

TEMPLATE = Template.model_validate(
    [
        {"name": "weight", "type": "number", "unit": "kg", "labels": ["体重", "body weight"]},
        {"name": "temperature", "type": "number", "unit": "℃", "labels": ["体温", "temp"]},
        {"name": "creatinine", "type": "number", "unit": "μmol/L", "labels": ["肌酐"]},
        {"name": "admission", "type": "date", "labels": ["入院日期", "入院时间", "admitted"]},
        {"name": "surgery", "type": "date", "labels": ["手术日期", "operated", "operation"]},
        {"name": "fever", "type": "boolean", "labels": ["发热", "febrile"]},
        {"name": "smoking", "type": "boolean", "labels": ["吸烟", "smoker", "smokes"]},
        {
            "name": "sex",
            "type": "choice",
            "choices": ["male", "female", "男", "女"],
            "labels": ["性别"],
        },
        {
            "name": "side",
            "type": "choice",
            "choices": ["left", "right", "左侧", "右侧"],
            "labels": ["患侧", "affected side"],
        },
    ]
)  # fmt: skip
TYPES = {each.name: each.type for each in TEMPLATE.root}


@dataclass
class Note:
    """A text, and for each field what it says, the value, and the words that say so."""

    text: str = ""
    said: dict[str, tuple[Found, str | None, str | None]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Go on with a sentence."""
        self.text += text

    def say(self, name: str, found: Found, value: str | None, quote: str | None) -> None:
        """Note what was said of a field."""
        self.said[name] = (found, value, quote)


def notes(size: int, *, seed: int) -> list[Note]:
    """Return so many, every other one in Chinese."""
    dice = random.Random(seed)
    return [_chinese(dice) if number % 2 else _english(dice) for number in range(size)]


def _english(dice: random.Random) -> Note:
    note = Note()
    sex = dice.choice(["male", "female"])
    age = dice.randint(19, 90)
    note.add(dice.choice([f"A {age}-year-old {sex} was seen. ", f"{age} y/o {sex}. "]))
    note.say("sex", "found", sex, sex)
    parts = [_en_weight, _en_temperature, _en_creatinine, _en_admission, _en_surgery, _en_fever]
    parts += [_en_smoking, _en_side, _en_noise]
    dice.shuffle(parts)
    for part in parts:
        if dice.random() < 0.8:
            part(note, dice)
    return note


def _chinese(dice: random.Random) -> Note:
    note = Note()
    sex = dice.choice(["男", "女"])
    note.add(f"患者，{sex}，{dice.randint(19, 90)}岁。")
    note.say("sex", "found", sex, sex)
    parts = [_zh_weight, _zh_temperature, _zh_creatinine, _zh_admission, _zh_surgery, _zh_fever]
    parts += [_zh_smoking, _zh_side, _zh_noise]
    dice.shuffle(parts)
    for part in parts:
        if dice.random() < 0.8:
            part(note, dice)
    return note


def _number(dice: random.Random, low: float, high: float) -> tuple[str, str]:
    """Return a number as it is written, and in its one form."""
    written = f"{dice.uniform(low, high):.1f}"
    return written, written.removesuffix(".0")


def _en_weight(note: Note, dice: random.Random) -> None:
    written, value = _number(dice, 45, 120)
    if dice.random() < 0.15:
        note.add("Weight not recorded. ")
        note.say("weight", "absent", None, "Weight not recorded")
        return
    form = dice.choice(["Weight {} kg, height 172 cm. ", "Body weight was {} kg today. ",
                        "Height 168 cm; weight: {} kg. "])  # fmt: skip
    note.add(form.format(written))
    note.say("weight", "found", value, f"{written} kg")


def _zh_weight(note: Note, dice: random.Random) -> None:
    written, value = _number(dice, 45, 120)
    form = dice.choice(["身高170cm，体重{}kg。", "体重：{}公斤。", "体重约{} kg，身高165cm。"])
    note.add(form.format(written))
    unit = "公斤" if "公斤" in form else " kg" if " kg" in form else "kg"
    note.say("weight", "found", value, f"{written}{unit}")


def _en_temperature(note: Note, dice: random.Random) -> None:
    written, value = _number(dice, 36, 40)
    form = dice.choice(["Temperature {} °C, pulse 88 bpm. ", "Temp {}°C. "])
    note.add(form.format(written))
    note.say("temperature", "found", value, f"{written}{' °C' if ' °C' in form else '°C'}")


def _zh_temperature(note: Note, dice: random.Random) -> None:
    written, value = _number(dice, 36, 40)
    if dice.random() < 0.15:
        note.add("体温未测。")
        note.say("temperature", "absent", None, "体温未测")
        return
    note.add(dice.choice(["体温{}℃，脉搏80次/分。", "查体：体温：{}℃。"]).format(written))
    note.say("temperature", "found", value, f"{written}℃")


def _en_creatinine(note: Note, dice: random.Random) -> None:
    written = str(dice.randint(40, 400))
    note.add(f"Serum creatinine was {written} μmol/L (urea 7.1 mmol/L). ")
    note.say("creatinine", "found", written, f"{written} μmol/L")


def _zh_creatinine(note: Note, dice: random.Random) -> None:
    written = str(dice.randint(40, 400))
    note.add(dice.choice(["尿素6.2mmol/L，肌酐{}μmol/L。", "血肌酐为{}μmol/L。"]).format(written))
    note.say("creatinine", "found", written, f"{written}μmol/L")


def _day(dice: random.Random) -> date:
    return date(2020, 1, 1) + timedelta(days=dice.randint(0, 1800))


def _en_date(day: date, dice: random.Random) -> str:
    long, short = f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}"
    return dice.choice([day.isoformat(), long, short])


def _zh_date(day: date, dice: random.Random) -> str:
    return dice.choice(
        [f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y/%m/%d}"]
    )


def _en_admission(note: Note, dice: random.Random) -> None:
    day = _day(dice)
    written = _en_date(day, dice)
    note.add(dice.choice(["Admitted on {}. ", "Admission: {}. "]).format(written))
    note.say("admission", "found", day.isoformat(), written)


def _zh_admission(note: Note, dice: random.Random) -> None:
    day = _day(dice)
    written = _zh_date(day, dice)
    note.add(dice.choice(["入院日期：{}。", "入院时间为{}。"]).format(written))
    note.say("admission", "found", day.isoformat(), written)


def _en_surgery(note: Note, dice: random.Random) -> None:
    if dice.random() < 0.3:
        note.add("No operation was planned. ")
        note.say("surgery", "absent", None, "No operation")
        return
    day = _day(dice)
    written = _en_date(day, dice)
    form = dice.choice(["Operated on {} without trouble. ", "Surgery took place on {}. "])
    note.add(form.format(written))
    note.say("surgery", "found", day.isoformat(), written)


def _zh_surgery(note: Note, dice: random.Random) -> None:
    day = _day(dice)
    written = _zh_date(day, dice)
    note.add(f"手术日期：{written}。")
    note.say("surgery", "found", day.isoformat(), written)


def _en_fever(note: Note, dice: random.Random) -> None:
    form, found, quote = dice.choice(
        [
            ("Denies fever and chills. ", "absent", "Denies fever"),
            ("No cough or fever. ", "absent", "No cough or fever"),
            ("Had fever for two days. ", "found", "fever"),
            ("Febrile on arrival. ", "found", "Febrile"),
        ]
    )
    note.add(form)
    note.say("fever", found, "true" if found == "found" else "false", quote)


def _zh_fever(note: Note, dice: random.Random) -> None:
    form, found, quote = dice.choice(
        [
            ("否认发热、咳嗽。", "absent", "否认发热"),
            ("无畏寒发热。", "absent", "无畏寒发热"),
            ("3天前出现发热。", "found", "发热"),
            ("伴发热及乏力。", "found", "发热"),
        ]
    )
    note.add(form)
    note.say("fever", found, "true" if found == "found" else "false", quote)


def _en_smoking(note: Note, dice: random.Random) -> None:
    form, found, quote = dice.choice(
        [
            ("Smoker for 20 years. ", "found", "Smoker"),
            ("Never smoker. ", "absent", "Never smoker"),
            ("Not a smoker, drinks little. ", "absent", "Not a smoker"),
        ]
    )
    note.add(form)
    note.say("smoking", found, "true" if found == "found" else "false", quote)


def _zh_smoking(note: Note, dice: random.Random) -> None:
    form, found, quote = dice.choice(
        [("吸烟20年，每日10支。", "found", "吸烟"), ("否认吸烟、饮酒史。", "absent", "否认吸烟")]
    )
    note.add(form)
    note.say("smoking", found, "true" if found == "found" else "false", quote)


def _en_side(note: Note, dice: random.Random) -> None:
    side = dice.choice(["left", "right"])
    note.add(dice.choice(["Affected side: {}. ", "The {} knee is swollen. "]).format(side))
    note.say("side", "found", side, side)


def _zh_side(note: Note, dice: random.Random) -> None:
    side = dice.choice(["左侧", "右侧"])
    note.add(dice.choice(["患侧：{}。", "{}肢体无力。"]).format(side))
    note.say("side", "found", side, side)


def _en_noise(note: Note, dice: random.Random) -> None:
    note.add(dice.choice([
        "Takes 20 mg daily since 2019-05-06. ", "Blood pressure 135/85 mmHg, SpO2 97%. ",
        "Family history of gout; lives on the 3rd floor. ",
    ]))  # fmt: skip


def _zh_noise(note: Note, dice: random.Random) -> None:
    note.add(
        dice.choice(["血压135/85mmHg，血氧97%。", "2018年曾行体检，未见异常。", "每日服药20mg。"])
    )

"""Style libraries as text: read into presets, and written back in their own form."""

import json

import pytest

from prompts.libraries import forms
from prompts.libraries.library import Form, Library, Preset

CSV = 'name,prompt,negative_prompt\nNoir,"film noir {prompt}, hard shadows","colour, anime"\n'
SDXL = '[{"name": "Noir", "prompt": "film noir {prompt}", "negative_prompt": "colour"}]'
INVOKE = (
    '[{"name": "Noir", "type": "default", "preset_data":'
    ' {"positive_prompt": "film noir {prompt}", "negative_prompt": "colour"}}]'
)


@pytest.mark.parametrize(("text", "form"), [(CSV, Form.A1111), (SDXL, Form.SDXL), (INVOKE, Form.INVOKE)])
def test_each_form_is_told_by_its_text_and_comes_back_the_same(text: str, form: Form) -> None:
    library = forms.read(text)

    assert (library.form, library.complaints) == (form, ())
    assert [preset.name for preset in library.presets] == ["Noir"]
    assert forms.read(forms.write(library)) == library


def test_fields_that_are_none_of_ours_are_written_back() -> None:
    text = '[{"name": "Noir", "prompt": "noir", "negative_prompt": "", "author": "me", "tags": ["a", 1]}]'

    assert json.loads(forms.write(forms.read(text))) == json.loads(text)


def test_a_preset_keeps_commas_quotes_and_line_breaks_through_a_table() -> None:
    preset = Preset(name='He said "noir"', positive="one, two\nthree", negative='"quoted", (x:1.2)')

    written = forms.write(Library(form=Form.A1111, presets=(preset,)))

    assert forms.read(written).presets == (preset,)


def test_the_old_name_of_the_prompt_column_is_understood() -> None:
    assert forms.read("name,text\nNoir,film noir\n").presets[0].positive == "film noir"


def test_a_table_without_the_columns_of_styles_is_told() -> None:
    (complaint,) = forms.read("shot,action\n1,A fox\n").complaints

    assert "name, prompt and negative_prompt" in str(complaint)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ('Broken,"open, never closed', "cannot be read"),
        ("Four,a,b,c", "4 cells under 3 columns"),
        (",no name,", "no name"),
        ("Sheet,=HYPERLINK(1),", "spreadsheet formula"),
        ("Sheet,@SUM(A1),", "spreadsheet formula"),
        ("Web,<script>alert(1)</script>,", "program code"),
        ("Shell,$(rm x),", "program code"),
        ("Latin,caf\udce9,", "another encoding"),
        (f"Long,{'x' * 20_001},", "20,001 characters"),
        (f"{'n' * 201},x,", "201 characters"),
    ],
)
def test_a_bad_row_is_left_out_with_its_line_and_the_others_are_kept(row: str, what: str) -> None:
    library = forms.read(f"name,prompt,negative_prompt\nGood,oil paint,\n{row}\n")

    assert [preset.name for preset in library.presets] == ["Good"]
    assert [complaint.line for complaint in library.complaints] == [3]
    assert what in library.complaints[0].what


@pytest.mark.parametrize("text", ["- soft light (warm)", "+ details", "e=mc2", "{{lowres}}", "solar system (planets)"])
def test_words_that_only_look_like_formulas_or_code_are_kept(text: str) -> None:
    assert forms.read(f'name,prompt,negative_prompt\nOdd,"{text}",\n').presets[0].positive == text


def test_items_around_broken_json_are_kept() -> None:
    text = '[\n{"name": "A", "prompt": "oil"},\n7,\n{"name": "B" "prompt": "ink"},\n{"name": "C", "prompt": "clay"}\n]'

    library = forms.read(text)

    assert [preset.name for preset in library.presets] == ["A", "C"]
    assert [complaint.line for complaint in library.complaints] == [3, 4]


@pytest.mark.parametrize(
    "item",
    [
        '{"name": 7, "prompt": "x"}',
        '{"name": "A"}',
        '{"name": "A", "prompt": ["x"]}',
        '{"name": "A", "preset_data": 1}',
    ],
)
def test_an_object_that_is_no_style_is_told(item: str) -> None:
    library = forms.read(f"[{item}]")

    assert library.presets == ()
    assert len(library.complaints) == 1


def test_a_bomb_of_brackets_is_refused_quickly() -> None:
    assert forms.read('[{"a":' * 200_000).presets == ()


def test_a_file_of_faults_alone_is_not_read_to_its_end() -> None:
    library = forms.read("name,prompt,negative_prompt\n" + ",x,\n" * 3_000)

    assert len(library.complaints) == 1_001
    assert "as far as the file was read" in library.complaints[-1].what

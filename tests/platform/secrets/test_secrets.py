"""Secrets are sealed before they are stored."""

import pytest

from tocsin.platform.secrets import CannotOpen, Destination, Secrets, open_destination


def test_what_is_sealed_can_be_opened_with_the_same_key_only():
    secrets = Secrets("the installation's key")
    sealed = secrets.seal("https://hooks.example.org/ünïcode")
    assert "hooks" not in sealed
    assert sealed.isascii()
    assert Secrets("the installation's key").open(sealed) == "https://hooks.example.org/ünïcode"
    with pytest.raises(CannotOpen):
        Secrets("another key").open(sealed)


def test_sealing_twice_shows_nothing():
    secrets = Secrets("key")
    assert secrets.seal("same") != secrets.seal("same")


@pytest.mark.parametrize("spoilt", ["", "plain text", "gAAAAA==", "ü", "x" * 1000])
def test_what_was_never_sealed_cannot_be_opened_and_is_not_repeated(spoilt: str):
    with pytest.raises(CannotOpen) as caught:
        Secrets("key").open(spoilt)
    assert str(caught.value) == "A stored secret cannot be opened: was SECRET_KEY changed?"


def test_a_sealed_text_that_was_touched_cannot_be_opened():
    sealed = Secrets("key").seal("secret")
    touched = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]
    with pytest.raises(CannotOpen):
        Secrets("key").open(touched)


def test_a_destination_travels_sealed():
    secrets = Secrets("key")
    there = Destination("https://hooks.example.org/T0/secret", "whsec_abc")
    sealed = there.sealed(secrets)
    assert open_destination(secrets, sealed) == there
    assert "secret" not in repr(there)
    assert "hooks" not in sealed


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"url": 3}'])
def test_what_is_no_destination_cannot_be_opened(text: str):
    secrets = Secrets("key")
    with pytest.raises(CannotOpen):
        open_destination(secrets, secrets.seal(text))


def test_what_is_sealed_for_a_place_opens_there_only():
    secrets = Secrets("key")
    sealed = secrets.seal_for("tökén", "https://shop.example")
    assert secrets.is_sealed_for_a_place(sealed)
    assert sealed.isascii()
    assert secrets.open_for(sealed, "https://shop.example") == "tökén"
    for other, place in (
        (secrets, "https://thief.example"),
        (Secrets("k2"), "https://shop.example"),
    ):
        with pytest.raises(CannotOpen):
            other.open_for(sealed, place)


def test_sealing_for_a_place_again_gives_the_same_text():
    secrets = Secrets("key")
    assert secrets.seal_for("same", "a") == Secrets("key").seal_for("same", "a")
    assert secrets.seal_for("same", "a") != secrets.seal_for("same", "b")


@pytest.mark.parametrize("spoilt", ["sealed:", "sealed:====", "sealed:ü", "sealed:AAAA", "no"])
def test_what_was_never_sealed_for_a_place_cannot_be_opened(spoilt: str):
    with pytest.raises(CannotOpen):
        Secrets("key").open_for(spoilt, "a")

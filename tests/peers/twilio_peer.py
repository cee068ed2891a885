"""Twilio's library for Python, asked by a test: one JSON question a line on standard input, one JSON answer a line on
standard output. See tests/tests/interop/peer.rs for the questions."""

import json
import sys

import jwt
from multidict import MultiDict
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant
from twilio.request_validator import RequestValidator


def sign(q):
    return RequestValidator(q["token"]).compute_signature(q["url"], MultiDict(q["params"]))


def body_hash(q):
    return RequestValidator("").compute_hash(q["body"])


def validate(q):
    said = MultiDict(q["params"]) if q["body"] is None else q["body"]
    return RequestValidator(q["token"]).validate(q["url"], said, q["signature"])


def mint(q):
    token = AccessToken(q["account"], q["key"], q["secret"], identity=q["identity"], ttl=q["lifetime"])
    token.add_grant(VoiceGrant(incoming_allow=True, outgoing_application_sid=q["application"]))
    return token.to_jwt()


def read(q):
    AccessToken.from_jwt(q["jwt"], q["secret"])
    claims = jwt.decode(q["jwt"], q["secret"], algorithms=["HS256"], issuer=q["key"])
    return {"header": jwt.get_unverified_header(q["jwt"]), "claims": claims}


ANSWERS = {"sign": sign, "hash": body_hash, "validate": validate, "mint": mint, "read": read}

for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = {"answer": ANSWERS[question["op"]](question)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)

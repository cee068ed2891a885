"""A CloudFormation template as JSON: template.py FILE."""
import json
import sys

from cfnlint.decode.cfn_yaml import load

print(json.dumps(load(sys.argv[1])))

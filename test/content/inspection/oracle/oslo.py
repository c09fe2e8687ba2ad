"""What oslo.utils says of each file named on standard input, as one JSON document: it is what Glance, Nova and Cinder ask."""

import json
import logging
import sys

from oslo_utils.imageutils import format_inspector

logging.disable(logging.CRITICAL)


def verdict(path):
    with open(path, "rb") as file:
        wrapper = format_inspector.InspectWrapper(file)
        while wrapper.read(65536):
            pass
        wrapper.close()
    formats = wrapper.formats
    answer = {"formats": sorted(str(each) for each in formats), "virtualSizeBytes": None, "safe": False}
    if len(formats) > 1:
        return answer
    try:
        answer["virtualSizeBytes"] = formats[0].virtual_size
        formats[0].safety_check()
        answer["safe"] = True
    except Exception as error:
        answer["reason"] = str(error)
    return answer


print(json.dumps([verdict(path) for path in json.load(sys.stdin)]))

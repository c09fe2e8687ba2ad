const { isDeepStrictEqual } = require("node:util");

/** A synthesized stack without cdktf's metadata: the construct paths in it differ, and Terraform does not read it. */
function parseDocument(text) {
  return JSON.parse(text, (key, value) => (key === "//" ? undefined : value));
}

/** Where two documents differ first, as text; undefined when they are equal. */
function firstDifference(left, right, at = "") {
  if (isDeepStrictEqual(left, right)) {
    return undefined;
  }
  if (![left, right].every((value) => typeof value === "object" && value !== null)) {
    return `${at}: ${JSON.stringify(left)} against ${JSON.stringify(right)}`;
  }
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const key = keys.find((candidate) => !isDeepStrictEqual(left[candidate], right[candidate]));
  return firstDifference(left[key], right[key], at === "" ? key : `${at}.${key}`);
}

module.exports = { firstDifference, parseDocument };

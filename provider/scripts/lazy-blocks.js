const FIELD = /^ {2}private (_\w+) = new ([\w.]+)\((this, .*)\);$/gm;
const CONFIGURE = /^( +)(this\.(_\w+)\.internalValue = (config\.\w+);)$/gm;
const READ = /this\.(_\w+)\??\.internalValue(?! = )/g;

/**
 * Makes the nested blocks of a generated class lazy.
 *
 * The generator builds the list or reference of every nested block in a field initialiser, used or not, and each
 * captures a stack trace. Here the field becomes an accessor that builds on first use; a block that is configured with
 * nothing is not built at all, and reading the value of a block that was never built gives what a new one gives.
 *
 * Every other line stays as it is. Since this works on text, anything that it does not recognise is an error.
 */
function lazyBlocks(source, file) {
  const lazy = new Set();
  const text = source
    .replace(FIELD, (_line, field, type, args) => {
      lazy.add(field);
      return [
        `  private _${field}?: ${type};`,
        `  private get ${field}(): ${type} {`,
        `    return (this._${field} ??= new ${type}(${args}));`,
        "  }",
      ].join("\n");
    })
    .replace(CONFIGURE, "$1if ($4 !== undefined) $2")
    .replace(READ, "this._$1?.internalValue");

  // One statement of each kind that is left over, in a form that the patterns above do not know.
  const leftovers = [
    ...text.matchAll(/^ {2}(?:(?:public|protected|private|readonly) )*\w+(?:: [\w.]+)? = new .*$/gm),
    ...text.matchAll(/^ *this\.\w+\.internalValue = config.*$/gm),
  ].map(([line]) => line.trim());
  for (const [, field] of text.matchAll(/this\._?(_\w+)\??\.internalValue/g)) {
    if (!lazy.has(field)) {
      leftovers.push(`${field}.internalValue, but no field ${field}`);
    }
  }
  if (leftovers.length > 0) {
    throw new Error(
      `${file}: the generator writes nested blocks in another form than lazyBlocks knows: ${leftovers[0]}`,
    );
  }
  return { text, fields: [...source.matchAll(FIELD)].length };
}

module.exports = { lazyBlocks };

/** The rows under their headings, each column as wide as its widest cell, aligned to the right. */
function aligned(headings, rows) {
  const cells = [headings, ...rows.map((row) => row.map((cell) => (cell === undefined ? "" : String(cell))))];
  const widths = headings.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells.map((line) => line.map((cell, column) => cell.padStart(widths[column])).join("  "));
}

module.exports = { aligned };

import { Transfers } from "../../../lib/cli/lock/transfers";

const MIB = 1024 ** 2;
const COLUMNS = 60;

function shown(isTTY: boolean, use: (transfers: Transfers) => void): string {
  const pieces: string[] = [];
  use(new Transfers({ isTTY, columns: COLUMNS, write: (piece: string) => pieces.push(piece) > 0 }));
  return pieces.join("");
}

test("says once what it reads where there is no terminal", () => {
  const text = shown(false, (transfers) => {
    const [a, b] = [transfers.begin("a.img"), transfers.begin("b\x1b[2J.img")];
    a.start(3 * MIB);
    a.advance(MIB);
    a.start(3 * MIB);
    b.start(undefined);
    a.end();
    b.end();
  });
  expect(text).toBe("reading a.img (3.0 MiB)\nreading b\\u{1b}[2J.img\n");
});

test("has a line for each on a terminal, written over the last ones, and none in the end", () => {
  const text = shown(true, (transfers) => {
    const [a, b] = [transfers.begin("a.img"), transfers.begin(`https://a.example/${"x".repeat(50)}/end.img`)];
    a.start(4 * MIB);
    a.advance(MIB);
    b.start(undefined);
    a.end();
    b.end();
  });
  // as long as a line may be that does not wrap
  const long = "/end.img"
    .padStart(COLUMNS - 1 - "0.0 MiB ...".length, "x")
    .padStart(COLUMNS - 1 - "0.0 MiB ".length, ".");
  expect(text.split("\r\x1b[J")).toStrictEqual([
    "",
    "[                    ]   0 % 0.0 MiB a.img\n\x1b[1A",
    `[#####               ]  25 % 1.0 MiB a.img\n0.0 MiB ${long}\n\x1b[2A`,
    `0.0 MiB ${long}\n\x1b[1A`,
    "",
  ]);
});

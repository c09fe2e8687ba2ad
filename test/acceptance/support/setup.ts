import { leftovers } from "./cloud";
import { startClock } from "./proof";

// every suite leaves the cloud as it found it
let before: string[] = [];
beforeAll(() => {
  before = leftovers();
});
beforeEach(startClock);
afterAll(() => {
  expect(leftovers().filter((one) => !before.includes(one))).toStrictEqual([]);
});

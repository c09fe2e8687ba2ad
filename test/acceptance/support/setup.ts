import { leftovers } from "./cloud";
import { startClock } from "./proof";

// every suite leaves the cloud as it found it
let before: string[] = [];
beforeAll(() => {
  before = leftovers();
});
beforeEach(startClock);
afterAll(() => {
  const left = leftovers().filter((one) => !before.includes(one));
  if (left.length > 0) throw new Error(`this suite has left in the cloud: ${left.join(", ")}; npm run cloud:reset`);
});

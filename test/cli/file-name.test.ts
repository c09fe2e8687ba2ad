import { shownLocation } from "../../lib/cli/file-name";

test.each([
  ["images/a@b.img", "images/a@b.img"],
  ["https://mirror.example.org/a@b.img", "https://mirror.example.org/a@b.img"],
  ["https://mirror.example.org:8443/a.img", "https://mirror.example.org:8443/a.img"],
  ["https://mirror.example.org/a.img?sig=SECRET#top", "https://mirror.example.org/a.img?..."],
  ["https://user:SECRET@host/x", "https://user:...@host/x"],
  ["https://user:SEC@RET@host/x", "https://user:...@host/x"],
  ["https://:SECRET@host/x", "https://:...@host/x"],
  // a name alone may be a token
  ["https://SECRET@host/x", "https://...@host/x"],
  ["https://SECRET:@host/x", "https://...@host/x"],
  // what has to be written as numbers, and was not
  ["https://user:SEC#RET@host/x", "https://...@host/x"],
  ["https://user:SEC/RET@host/x", "https://...@host/x"],
  ["https://user:SEC?RET@host/x", "https://..."],
  ["https://user:SEC\\RET@host/x", "https://...@host/x"],
  ["https://user:SEC RET@host:99999/x?sig=SECRET", "https://...@host:99999/x?..."],
  ["https://user:SEC@RET/SECRET@host/x", "https://...@host/x"],
  ["https://user:SEC@RET#SECRET@host/x", "https://...@host/x"],
  ["https://user:SEC@RET?SECRET@host/x", "https://..."],
  ["https://SEC@RET/SECRET@host/x", "https://...@host/x"],
  ["https://user:99/SECRET@host/x", "https://...@host/x"],
  ["https://user:99#SECRET@host/x", "https://...@host/x"],
  ["https://user:99?SECRET@host/x", "https://..."],
  // a query stays one
  ["https://user:SECRET@host/x?mail=a@b&sig=SECRET", "https://..."],
  ["https://host:99999/x?sig=SECRET", "https://host:99999/x?..."],
  ["https://host:99999/x#SECRET?sig", "https://host:99999/x"],
  ["https://bad host/x", "https://bad host/x"],
])("prints %s as %s", (location, shown) => {
  expect(shownLocation(location)).toBe(shown);
});

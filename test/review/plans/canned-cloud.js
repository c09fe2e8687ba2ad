#!/usr/bin/env node
// Stands in for a cloud while a plan is made: answers on the loopback address from the file named by its argument, and prints its port.
const { readFileSync } = require("node:fs");
const http = require("node:http");

const { images, answers = {} } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const SERVICES = {
  image: "image",
  compute: "compute/v2.1",
  volumev3: "volume/v3",
  "block-storage": "volume/v3",
  network: "network",
};

function token(base) {
  const catalog = Object.entries(SERVICES).map(([type, path]) => ({
    type,
    name: type,
    id: type,
    endpoints: [{ id: type, interface: "public", region: "RegionOne", region_id: "RegionOne", url: `${base}/${path}` }],
  }));
  const user = { id: "u", name: "u", domain: { id: "default", name: "Default" } };
  return {
    token: { catalog, user, project: { ...user, id: "p" }, roles: [], expires_at: "2999-01-01T00:00:00.000000Z" },
  };
}

/** Glance's list: its own filters, as far as data sources use them. */
function listed(query) {
  const matches = (image) =>
    ["name", "visibility", "owner"].every((key) => !query.get(key) || query.get(key) === image[key]);
  const newestFirst = (a, b) => (a.created_at < b.created_at ? 1 : -1);
  return { images: images.filter(matches).sort(newestFirst), schema: "/v2/schemas/images", first: "/v2/images" };
}

function answer(url, base) {
  const version = (id) => ({ id, status: "CURRENT", links: [{ rel: "self", href: `${base}/` }] });
  if (url.pathname === "/v3/") return { version: version("v3.14") };
  if (url.pathname === "/v3/auth/tokens") return token(base);
  if (url.pathname === "/image/v2/images") return listed(url.searchParams);
  const image = images.find(({ id }) => url.pathname === `/image/v2/images/${id}`);
  return image ?? answers[url.pathname];
}

const server = http.createServer((request, response) => {
  const base = `http://${request.headers.host}`;
  const body = answer(new URL(request.url, base), base);
  const status = body === undefined ? 404 : request.method === "POST" ? 201 : 200;
  response.writeHead(status, { "content-type": "application/json", "x-subject-token": "t" });
  response.end(JSON.stringify(body ?? { message: "not found" }));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

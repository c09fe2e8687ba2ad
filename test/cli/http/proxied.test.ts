/** The command as a process of its own: proxies and certificates are settings of the environment that Node reads at its start. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { qcow2 } from "../../content/inspection/contents";
import { temporaryDirectory } from "../../support/terraform-process";
import { file } from "./server";

const MAIN = join(__dirname, "../../../dist/cli/main.js");
const HOST = "mirror.test";

const missing = spawnSync("openssl", ["version"]).error && "openssl, which makes a certificate, is not installed";
const describeWithOpenssl = missing ? describe.skip : describe;

describeWithOpenssl(`the command with proxies${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let folder: string;
  let mirror: Server;
  let proxy: Server;
  let asked: string[];

  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  beforeAll(async () => {
    folder = temporaryDirectory("proxied");
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const name = ["-subj", `/CN=${HOST}`, "-addext", `subjectAltName=DNS:${HOST}`];
    const words = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "2",
      ...name,
    ];
    execFileSync("openssl", [...words, "-keyout", key, "-out", certificate], { stdio: "pipe" });
    const files = { key: readFileSync(key), cert: readFileSync(certificate) };
    mirror = createTlsServer(files, file(qcow2())) as unknown as Server;
    proxy = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
      file(qcow2())(request, response);
    });
    proxy.on("connect", (request, socket) => {
      asked.push(`CONNECT ${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
      if (request.url?.startsWith("closed.test")) {
        socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
        return;
      }
      const target = connect(portOf(mirror), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        target.pipe(socket).pipe(target);
      });
      target.on("error", () => socket.destroy());
      socket.on("error", () => target.destroy());
    });
    await Promise.all([listen(mirror), listen(proxy)]);
  });

  beforeEach(() => {
    asked = [];
  });

  afterAll(() => {
    for (const server of [mirror, proxy]) {
      server.closeAllConnections();
      server.close();
    }
  });

  function inspect(url: string, env: Record<string, string>): Promise<{ code: number | null; text: string }> {
    const child = spawn(process.execPath, [MAIN, "inspect", url], { env: { PATH: process.env.PATH, ...env } });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, text })));
  }

  const secured = () => ({ NODE_EXTRA_CA_CERTS: join(folder, "certificate.pem") });
  const proxyUrl = (user = "") => `http://${user}127.0.0.1:${portOf(proxy)}`;

  test("goes through a proxy, with its password, to a mirror of an own authority", async () => {
    const { code, text } = await inspect(`https://${HOST}/disk.img`, {
      ...secured(),
      HTTPS_PROXY: proxyUrl("me:p%40ss@"),
    });
    expect(text).toContain("diskFormat: DiskFormat.QCOW2,");
    expect(code).toBe(0);
    const words = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    expect(new Set(asked)).toStrictEqual(new Set([`CONNECT ${HOST}:443 ${words}`]));
  });

  test("asks a proxy for what is not encrypted, without the URL's password in it", async () => {
    const { code } = await inspect("http://user:secret@mirror.test/a%20b?c#d", { HTTP_PROXY: proxyUrl() });
    expect(code).toBe(0);
    expect(new Set(asked)).toStrictEqual(new Set(["GET http://mirror.test/a%20b?c"]));
  });

  test("fails when the authority is unknown, and names the setting", async () => {
    const { code, text } = await inspect(`https://${HOST}/disk.img`, { HTTPS_PROXY: proxyUrl() });
    expect({ code, text }).toStrictEqual({
      code: 1,
      text: `https://${HOST}/disk.img: has a certificate of an unknown authority; name its file in NODE_EXTRA_CA_CERTS (DEPTH_ZERO_SELF_SIGNED_CERT)\n`,
    });
  });

  test("fails when a certificate is another host's", async () => {
    const { code, text } = await inspect("https://other.test/disk.img", { ...secured(), HTTPS_PROXY: proxyUrl() });
    expect(code).toBe(1);
    expect(text).toContain("Hostname/IP does not match certificate's altnames");
  });

  test("fails when the proxy refuses", async () => {
    const { code, text } = await inspect("https://closed.test/disk.img?token=secret", { HTTPS_PROXY: proxyUrl() });
    expect({ code, text }).toStrictEqual({
      code: 1,
      text: `https://closed.test/disk.img?...: the proxy 127.0.0.1:${portOf(proxy)} answers 403 for closed.test:443\n`,
    });
  });

  test("goes straight where the environment says so", async () => {
    const url = `https://localhost:${portOf(mirror)}/disk.img`;
    const { text } = await inspect(url, { ...secured(), HTTPS_PROXY: proxyUrl(), NO_PROXY: "localhost" });
    // it got as far as the certificate, which is not localhost's
    expect(text).toContain("altnames");
    expect(asked).toStrictEqual([]);
  });
});

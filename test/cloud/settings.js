// Where the cloud lies, and who is in it. Nothing here is secret: every port is on loopback.
const path = require("node:path");

/** Everything that the cloud writes, but for what README lists. Short, since it holds unix sockets; RabbitMQ's user reads it. */
const HOME = path.resolve(process.env.OPENSTACK_CLOUD_HOME || "/var/lib/openstack-test-cloud");
const at = (...names) => path.join(HOME, ...names);
const VENV = at("venv");
const DATABASE_SOCKET = at("run/mysql.sock");
const DATABASES = {
  images: ["keystone", "glance", "glance_two"],
  full: ["keystone", "glance", "glance_two", "placement", "nova", "nova_api", "nova_cell0", "neutron", "cinder"],
};
const PROFILES = ["images", "full"];
const PASSWORDS = {
  admin: "adminpass",
  demo: "demopass",
  second: "secondpass",
  service: "servicepass",
  database: "dbpass",
  rabbit: "rabbitpass",
};
/** Says that the folder is a cloud's, which `up` may fill and `down --wipe` empty. */
const SIGN = at(".openstack-test-cloud");
/** libvirtd reads it there alone; the one before is kept and put back by `down`. */
const QEMU_CONF = "/etc/libvirt/qemu.conf";
const QEMU_CONF_BEFORE = at("data/qemu.conf.before");

/** What the files in etc/ may name, as {{name}}. */
const VALUES = {
  home: HOME,
  venv: VENV,
  database_socket: DATABASE_SOCKET,
  ...Object.fromEntries(Object.entries(PASSWORDS).map(([name, password]) => [`${name}_password`, password])),
};

/** The environment of every program of the cloud. MARK tells its processes, and what they start in turn, from others. */
const MARK = "OPENSTACK_TEST_CLOUD";
const ENVIRONMENT = {
  PATH: [at("shims"), path.join(VENV, "bin"), "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"].join(":"),
  HOME: at("run"),
  LANG: "C.UTF-8",
  PYTHONWARNINGS: "ignore",
  [MARK]: HOME,
};
const noProxy = (process.env.no_proxy ?? process.env.NO_PROXY ?? "").split(",").filter(Boolean);
const LOOPBACK = [...new Set([...noProxy, "127.0.0.1", "localhost"])].join(",");
/** What a client needs: the clouds of clouds.yaml, and no proxy before them. */
const CLIENT = { OS_CLIENT_CONFIG_FILE: at("etc/clouds.yaml"), NO_PROXY: LOOPBACK, no_proxy: LOOPBACK };

module.exports = {
  CLIENT,
  DATABASE_SOCKET,
  DATABASES,
  ENVIRONMENT,
  HOME,
  MARK,
  PASSWORDS,
  PROFILES,
  QEMU_CONF,
  QEMU_CONF_BEFORE,
  SIGN,
  VALUES,
  VENV,
  at,
};

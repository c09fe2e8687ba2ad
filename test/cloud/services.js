// The services: how each is started, and how it says that it is there.
const http = require("node:http");
const path = require("node:path");
const { run } = require("./commands");
const { sourceFiles } = require("./configure");
const { DATABASE_SOCKET, VENV, at } = require("./settings");

const program = (name) => path.join(VENV, "bin", name);
const etc = (name) => at("etc", name);

/** Whether anything answers HTTP there. */
function answers(port, route = "/") {
  return new Promise((resolve) => {
    const request = http.get({ host: "127.0.0.1", port, path: route, timeout: 5000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode < 500);
    });
    request.on("error", () => resolve(false));
    request.on("timeout", () => request.destroy());
  });
}

/** Whether a command succeeds. */
function succeeds(name, command, words) {
  return run(`${name}-ready`, command, words).then(
    () => true,
    () => false,
  );
}

/** What all OpenStack services are started by: a change of any file, or of the lock, starts them anew. */
const SERVICE_FILES = [
  ...sourceFiles().map((file) => etc(file)),
  at("wsgi/api.py"),
  path.join(__dirname, "requirements/full.txt"),
];

/** An API behind uwsgi, on loopback. */
function api(name, port, module, { threads = 8, env = {}, words = "" }) {
  return {
    name,
    port,
    command: [program("uwsgi"), "--ini", etc("uwsgi.ini"), "--http", `127.0.0.1:${port}`, "--threads", String(threads)],
    env: { API_MODULE: module, API_ARGUMENTS: words, ...env },
    configuration: SERVICE_FILES,
    ready: () => answers(port),
  };
}

/** A service that takes its work from RabbitMQ. */
function worker(name, command, ...configuration) {
  const words = configuration.flatMap((file) => ["--config-file", etc(file)]);
  return { name, command: [program(command), ...words], configuration: SERVICE_FILES };
}

const MARIADB = {
  name: "mariadb",
  command: [
    "mariadbd",
    "--no-defaults",
    "--user=root",
    `--datadir=${at("data/mysql")}`,
    `--socket=${DATABASE_SOCKET}`,
    "--skip-networking",
    "--performance-schema=OFF",
    "--innodb-buffer-pool-size=128M",
    // a crash of the machine may cost the last second; that of the server costs nothing
    "--innodb-flush-log-at-trx-commit=2",
    "--sync-binlog=0",
    "--skip-log-bin",
    "--max-connections=400",
    "--character-set-server=utf8mb4",
    "--innodb-log-file-size=64M",
  ],
  ready: () =>
    succeeds("mariadb", "mariadb", ["--no-defaults", `--socket=${DATABASE_SOCKET}`, "--user=root", "-e", "select 1"]),
};

const KEYSTONE = api("keystone", 5000, "keystone.wsgi.api", {
  env: { OS_KEYSTONE_CONFIG_DIR: at("etc"), OS_KEYSTONE_CONFIG_FILES: "keystone.conf" },
});

const GLANCE = api("glance", 9292, "glance.wsgi.api", {
  threads: 16,
  env: { OS_GLANCE_CONFIG_DIR: at("etc") },
});

/** Of a region that has nothing else. */
const GLANCE_TWO = api("glance-two", 9293, "glance.wsgi.api", { env: { OS_GLANCE_CONFIG_DIR: etc("region-two") } });

const RABBITMQ = {
  name: "rabbitmq",
  port: 5672,
  command: [
    "setpriv",
    "--reuid=rabbitmq",
    "--regid=rabbitmq",
    "--init-groups",
    "/usr/lib/rabbitmq/bin/rabbitmq-server",
  ],
  cwd: at("data/rabbitmq"),
  configuration: [etc("rabbitmq.conf"), etc("rabbitmq-plugins")],
  env: {
    HOME: at("data/rabbitmq"),
    RABBITMQ_NODENAME: "rabbit@localhost",
    RABBITMQ_MNESIA_BASE: at("data/rabbitmq"),
    RABBITMQ_LOG_BASE: at("log/rabbitmq"),
    RABBITMQ_CONFIG_FILE: etc("rabbitmq.conf"),
    RABBITMQ_ENABLED_PLUGINS_FILE: etc("rabbitmq-plugins"),
    // Erlang's port mapper and its own port would listen everywhere
    ERL_EPMD_ADDRESS: "127.0.0.1",
    RABBITMQ_DIST_PORT: "25672",
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none +S 2:2",
  },
  ready: () => succeeds("rabbitmq", "bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/5672"]),
};

const OVS = "/var/run/openvswitch";
const OVSDB = {
  name: "ovsdb",
  port: 6640,
  command: [
    "ovsdb-server",
    at("data/ovs/conf.db"),
    `--remote=punix:${OVS}/db.sock`,
    "--remote=ptcp:6640:127.0.0.1",
    `--unixctl=${OVS}/ovsdb-server.ctl`,
    "-vconsole:warn",
  ],
  ready: () => succeeds("ovsdb", "ovs-vsctl", ["--timeout=5", "--no-wait", "init"]),
};
const VSWITCHD = {
  name: "vswitchd",
  command: ["ovs-vswitchd", `unix:${OVS}/db.sock`, `--unixctl=${OVS}/vswitchd.ctl`, "-vconsole:warn"],
  ready: () => succeeds("vswitchd", "ovs-appctl", [`--target=${OVS}/vswitchd.ctl`, "--timeout=5", "version"]),
};

const LIBVIRTD = {
  name: "libvirtd",
  command: ["libvirtd", "-f", etc("libvirtd.conf")],
  configuration: [etc("libvirtd.conf"), etc("qemu.conf")],
  ready: () => succeeds("libvirtd", "virsh", ["-c", "qemu:///system", "version"]),
};

const PLACEMENT = api("placement", 8778, "placement.wsgi.api", {
  threads: 4,
  env: { OS_PLACEMENT_CONFIG_DIR: at("etc") },
});
const NOVA = api("nova-api", 8774, "nova.wsgi.osapi_compute", {
  env: { OS_NOVA_CONFIG_DIR: at("etc"), OS_NOVA_CONFIG_FILES: "nova-api-paste.ini;nova.conf" },
});
const NEUTRON = api("neutron-api", 9696, "neutron.wsgi.api", {
  env: { OS_NEUTRON_CONFIG_DIR: at("etc"), OS_NEUTRON_CONFIG_FILES: "neutron.conf;ml2.conf" },
});
const CINDER = api("cinder-api", 8776, "cinder.wsgi.api", {
  words: `--config-file ${etc("cinder.conf")}`,
});

const APIS = [PLACEMENT, NEUTRON, NOVA, CINDER];
const WORKERS = [
  worker("nova-conductor", "nova-conductor", "nova.conf"),
  worker("nova-scheduler", "nova-scheduler", "nova.conf"),
  worker("neutron-rpc", "neutron-rpc-server", "neutron.conf", "ml2.conf"),
  worker("cinder-scheduler", "cinder-scheduler", "cinder.conf"),
  { ...worker("cinder-volume", "cinder-volume", "cinder.conf"), env: { PYTHONPATH: at("drivers") } },
  worker("cinder-backup", "cinder-backup", "cinder.conf"),
];
/** Those that ask others as they start: a question before anybody listens costs a minute's wait. */
const AGENTS = [
  worker("nova-compute", "nova-compute", "nova-compute.conf"),
  worker("neutron-ovs", "neutron-openvswitch-agent", "neutron.conf", "ml2.conf"),
  worker("neutron-dhcp", "neutron-dhcp-agent", "neutron.conf", "ml2.conf", "dhcp.conf"),
];
const QUEUES_OF_OTHERS = ["conductor", "q-plugin"];

const SERVICES = {
  images: [MARIADB, KEYSTONE, GLANCE, GLANCE_TWO],
  full: [MARIADB, KEYSTONE, GLANCE, GLANCE_TWO, RABBITMQ, OVSDB, VSWITCHD, LIBVIRTD, ...APIS, ...WORKERS, ...AGENTS],
};

module.exports = {
  AGENTS,
  APIS,
  GLANCE,
  GLANCE_TWO,
  KEYSTONE,
  LIBVIRTD,
  MARIADB,
  OVSDB,
  QUEUES_OF_OTHERS,
  RABBITMQ,
  SERVICES,
  VSWITCHD,
  WORKERS,
  etc,
  program,
};

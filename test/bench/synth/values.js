const { createHash } = require("node:crypto");

// What both apps declare: `n` images, each with one member and one server.

exports.STACK = "bench";
exports.PROJECT_ID = "0123456789abcdef0123456789abcdef";
exports.NETWORK_ID = "2b7a1c52-6f0e-4d56-9d0a-5c3f1e8b7a90";
exports.FLAVOR = { name: "m1.small", ramMb: 2048, diskGb: 20 };
exports.urlOf = (i) => `https://images.example.org/ubuntu-${i}.qcow2`;
// like a real one: cdktf's search for number tokens is quadratic in a run of decimal digits
exports.digestOf = (i) => createHash("sha512").update(String(i)).digest("hex");

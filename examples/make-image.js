// node make-image.js FILE TEXT: writes a raw disk of 1 MiB that boots on an x86 machine with a BIOS, prints TEXT on its first
// serial port (`openstack console log show` reads it) and idles. The same TEXT gives the same bytes everywhere.
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

const DISK_BYTES = 1024 * 1024;
const SECTOR_BYTES = 512;
const PARTITION_TABLE = 446;

// biome-ignore format: one instruction a line
const PROGRAM = Buffer.from([
  0xfa,             //       cli
  0x31, 0xc0,       //       xor ax, ax
  0x8e, 0xd8,       //       mov ds, ax
  0xfc,             //       cld
  0xbe, 0x31, 0x7c, //       mov si, 0x7c31: the text, behind the program
  0xac,             // next: lodsb
  0x84, 0xc0,       //       test al, al
  0x74, 0x11,       //       jz idle
  0x88, 0xc4,       //       mov ah, al
  0xba, 0xfd, 0x03, //       mov dx, 0x3fd: the port's status
  0xec,             // wait: in al, dx
  0xa8, 0x20,       //       test al, 0x20: is there room for a byte?
  0x74, 0xfb,       //       jz wait
  0xb2, 0xf8,       //       mov dl, 0xf8: the port's data
  0x88, 0xe0,       //       mov al, ah
  0xee,             //       out dx, al
  0xeb, 0xea,       //       jmp next
  0xfb,             // idle: sti
  0xf4,             //       hlt, until the next tick of the clock
  0xba, 0x04, 0xae, //       mov dx, 0xae04: the PCI slots to be emptied (QEMU's "pc" machine)
  0x66, 0xed,       //       in eax, dx
  0x66, 0x85, 0xc0, //       test eax, eax
  0x74, 0xf4,       //       jz idle
  0xb2, 0x08,       //       mov dl, 0x08: let go of them, without which no volume can be detached
  0x66, 0xef,       //       out dx, eax
  0xeb, 0xee,       //       jmp idle
]);

function bootableDisk(text) {
  const line = Buffer.from(`${text}\r\n\0`, "ascii");
  if (PROGRAM.length + line.length > PARTITION_TABLE) {
    throw new Error(`the text must have ${PARTITION_TABLE - PROGRAM.length - 3} characters or fewer`);
  }
  const disk = Buffer.alloc(DISK_BYTES);
  Buffer.concat([PROGRAM, line]).copy(disk);
  // One active Linux partition over the whole disk: Glance refuses a partition table without any.
  disk[PARTITION_TABLE] = 0x80;
  disk[PARTITION_TABLE + 4] = 0x83;
  disk.writeUInt32LE(1, PARTITION_TABLE + 8);
  disk.writeUInt32LE(DISK_BYTES / SECTOR_BYTES - 1, PARTITION_TABLE + 12);
  disk.writeUInt16LE(0xaa55, SECTOR_BYTES - 2);
  return disk;
}

const [file, text] = process.argv.slice(2);
if (file === undefined || text === undefined) {
  console.error("usage: node make-image.js FILE TEXT");
  process.exit(2);
}
const disk = bootableDisk(text);
// A file that is right already keeps its time, so that its digest is not computed again.
if (!existsSync(file) || !readFileSync(file).equals(disk)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, disk);
}

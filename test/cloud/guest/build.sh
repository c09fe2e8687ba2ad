#!/bin/bash
# build.sh FOLDER: builds FOLDER/tiny.qcow2 of the kernel in FOLDER/kernel: a disk with a partition table, a FAT partition, syslinux, Debian's
# cloud kernel, and a RAM disk of BusyBox and guest/init. Kernel and RAM disk stay beside it as vmlinuz and initrd.xz.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
partition_at=$((2048 * 512))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp kernel/boot/vmlinuz-* vmlinuz
mkdir -p "$work"/{bin,dev,etc,lib/modules,proc,sys,tmp}
cp /bin/busybox "$work/bin/busybox"
install -m 755 "$here/init" "$work/init"
# disks, network cards, the power button, and the CD drive of the config drive
for module in virtio virtio_ring virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk failover net_failover virtio_net \
  button evdev scsi_common scsi_mod libata ata_piix cdrom sr_mod isofs; do
  find kernel -name "$module.ko" -exec cp {} "$work/lib/modules/" \;
done
(cd "$work" && find . | cpio -o -H newc --quiet | xz -6 --check=crc32) > initrd.xz

rm -f tiny.raw
truncate -s 24M tiny.raw
dd if=/usr/lib/syslinux/mbr/mbr.bin of=tiny.raw conv=notrunc status=none
# one bootable FAT16 partition from sector 2048
printf '\x80\x20\x21\x00\x0e\xfe\xff\xff\x00\x08\x00\x00\x00\xb8\x00\x00' | dd of=tiny.raw bs=1 seek=446 conv=notrunc status=none
printf '\x55\xaa' | dd of=tiny.raw bs=1 seek=510 conv=notrunc status=none
mkfs.vfat --offset=2048 -F 16 -n TINY tiny.raw $((23 * 1024)) > /dev/null
syslinux --install -t $partition_at tiny.raw
printf '%s\n' 'SERIAL 0 115200' 'DEFAULT tiny' 'PROMPT 0' 'LABEL tiny' ' KERNEL vmlinuz' ' INITRD initrd.xz' \
  ' APPEND console=ttyS0 quiet panic=5 no_timer_check' > "$work/syslinux.cfg"
mcopy -i tiny.raw@@$partition_at "$work/syslinux.cfg" vmlinuz initrd.xz ::
qemu-img convert -c -O qcow2 tiny.raw tiny.qcow2
rm tiny.raw

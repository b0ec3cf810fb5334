import { describe, expect, test } from "vitest";
import { isForbiddenAddress, isPublicAddress } from "./publicAddress.ts";

describe("addresses", () => {
  test.each([
    ...["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"],
    // Where only IPv6 is spoken, names of servers of IPv4 lead here.
    ...["64:ff9b::808:808", "::ffff:8.8.8.8"],
  ])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ...["127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"],
    ...["0.0.0.0", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "203.0.113.9"],
    ...["224.0.0.1", "240.0.0.1", "255.255.255.255"],
    ...["::1", "::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "fd00:ec2::254", "ff02::1"],
    ...["2001:db8::1", "3fff::1", "100::1", "5f00::1", "2002:7f00:1::", "2002:a00:1::", "2001::1", "2001:1::1"],
    ...["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1", "::ffff:0:7f00:1", "::127.0.0.1", "::8.8.8.8"],
    ...["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b:1::7f00:1", "64:ff9b:1::808:808"],
    // No addresses in their plain spelling.
    ...["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "010.8.8.8", "8.8.8.8.", "8.8.8", "", "localhost", "[::1]"],
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    ...["169.254.169.254", "100.100.100.200", "0.0.0.0", "224.0.0.1", "255.255.255.255", "fe80::1%2", "fd00:ec2::254"],
    ...["::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "ff02::1", "::"],
  ])("%s cannot be excepted", (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });

  test.each(["127.0.0.1", "10.0.0.1", "::1", "fd12::1", "8.8.8.8"])("%s can be", (address) => {
    expect(isForbiddenAddress(address)).toBe(false);
  });
});

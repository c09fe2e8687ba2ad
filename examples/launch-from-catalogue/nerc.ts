/** The public images of NERC, the New England Research Cloud: the id of each, by its name. */
export const NERC: { readonly [imageName: string]: string } = {
  "MS-Windows-2022": "a9b48e65-0cf9-413a-8215-81439cd63966",
  "almalinux-8-x86_64": "cfecb5d4-599c-4ffd-9baf-9cbe35424f97",
  "almalinux-9-x86_64": "263f045e-86c6-4344-b2de-aa475dbfa910",
  "debian-10-x86_64": "41fa5991-89d5-45ae-8268-b22224c772b2",
  "fedora-36-x86_64": "99194159-fcd1-4281-b3e1-15956c275692",
  "rocky-8-x86_64": "74a33f77-fc42-4dd1-a5a2-55fb18fc50cc",
  "rocky-9-x86_64": "d7d41e5f-58f4-4ba6-9280-7fef9ac49060",
  "ubuntu-18.04-x86_64": "75a40234-702b-4ab7-9d83-f436b05827c9",
  "ubuntu-20.04-x86_64": "8c87cf6f-32f9-4a4b-91a5-0d734b7c9770",
  "ubuntu-22.04-x86_64": "da314c41-19bf-486a-b8da-39ca51fd17de",
};

#!/bin/sh
# The pipeline's steps, run in a checkout of the app. The files for GitHub and GitLab call them.
#
#   pipeline.sh plan PLANS                  synthesizes, plans, and writes what can be shown of each plan: PLANS/STACK.json
#   pipeline.sh review PLANS REPORT         reviews these, without any code of the app; ends with 3 for findings that block
#   pipeline.sh apply FINGERPRINT REPORT    plans anew, and applies these plans when they mean what was reviewed
#   pipeline.sh nightly REPORT              compares the lock with the sources (moved.json), and the cloud with the code (drift REPORT)
#
# REPORT gets review.md, report.json, codequality.json, and fingerprint. Terraform's own variables say the rest, such as
# TF_CLI_ARGS_plan=-lock=false; OPENSTACK_IMAGES, SYNTH and TERRAFORM_BINARY_NAME name other commands.
set -eu
umask 077 # plans hold secrets

images() {
  # the words of a command
  # shellcheck disable=SC2086
  ${OPENSTACK_IMAGES:-npx --no-install openstack-images} "$@"
}

terraform_in() { # STACK WORD...
  folder="cdktf.out/stacks/$1"
  shift
  "${TERRAFORM_BINARY_NAME:-terraform}" -chdir="$folder" "$@"
}

# The stacks, each after those that it depends on.
stacks() {
  node -e '
    const { stacks } = JSON.parse(require("node:fs").readFileSync("cdktf.out/manifest.json", "utf8"));
    const seen = new Set();
    const visit = (name) => {
      if (seen.has(name)) return;
      seen.add(name);
      (stacks[name].dependencies ?? []).forEach(visit);
      console.log(name);
    };
    Object.keys(stacks).forEach(visit);
  '
}

# Plans every stack, and writes what can be shown of the plans. The plans themselves stay beside the stacks.
plan() { # PLANS
  mkdir -p "$1"
  rm -f "$1"/*.json # of an earlier run
  sh -c "${SYNTH:-npx --no-install cdktf synth}" >&2
  names=$(stacks)
  for stack in $names; do
    terraform_in "$stack" init -input=false -no-color >&2
    terraform_in "$stack" plan -input=false -no-color -out=plan.bin >&2
    terraform_in "$stack" show -json plan.bin > "cdktf.out/stacks/$stack/plan.json"
    images sanitize "cdktf.out/stacks/$stack/plan.json" > "$1/$stack.json"
  done
}

# Reviews all plans as one. The policy and the acknowledgements are those of this checkout, never those of the pull request.
review() { # PLANS REPORT OPTION...
  plans=$1 report=$2
  shift 2
  mkdir -p "$report"
  if [ -f policy.json ]; then set -- --policy policy.json "$@"; fi
  if [ -f acknowledged.json ]; then set -- --ack acknowledged.json "$@"; fi
  images review "$plans"/*.json --fingerprint > "$report/fingerprint"
  images review "$plans"/*.json --format markdown \
    --out "json=$report/report.json" --out "gitlab-codequality=$report/codequality.json" "$@" > "$report/review.md"
}

# Applies what was reviewed, or nothing.
apply() { # FINGERPRINT REPORT
  plan "$2/plans"
  git rev-parse HEAD > "$2/commit"
  review "$2/plans" "$2" --expect "$1"
  for stack in $names; do
    terraform_in "$stack" apply -input=false -no-color plan.bin >&2
  done
}

# Ends with 1 when something could not be found out, with 3 when a person has to look, with 2 when code and cloud merely differ.
nightly() { # REPORT
  mkdir -p "$1"
  lock=0 drift=0
  if [ -f images.lock.json ]; then images lock --check --json > "$1/moved.json" || lock=$?; fi
  sh "$0" drift "$1" || drift=$?
  for code in 1 3 2; do
    if [ "$lock" = "$code" ] || [ "$drift" = "$code" ]; then exit "$code"; fi
  done
  exit $((lock | drift))
}

# What the cloud has that the code does not say; the plans are applied by nobody.
drift() { # REPORT
  TF_CLI_ARGS_plan="${TF_CLI_ARGS_plan:-} -lock=false"
  export TF_CLI_ARGS_plan
  plan "$1/plans"
  review "$1/plans" "$1" --fail-on warn --detailed-exitcode
}

usage() {
  sed -n '4,7s/^# *//p' "$0" >&2
  exit 1
}

case "${1:-} $#" in
  "plan 2" | "review 3" | "apply 3" | "nightly 2" | "drift 2") "$@" ;;
  *) usage ;;
esac

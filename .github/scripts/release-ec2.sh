#!/usr/bin/env bash
# Starts the release of an archive to the fleet, by docs/runbooks/release.md: uploads it
# with its checksum and starts the document of the color without traffic.
#   ENVIRONMENT APP ACCOUNT
#   DIGEST    sha256: and the archive's checksum
#   ARCHIVE   the file; empty where the bucket has it already, as before a rollback
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need ENVIRONMENT APP ACCOUNT DIGEST
digest "$DIGEST"
hex=${DIGEST#sha256:}
bucket="$ENVIRONMENT-deployments-$ACCOUNT"
key="$APP/$hex.zip"
# Amazon S3 writes a checksum in base64.
checksum=$(printf '%b' "$(sed 's/../\\x&/g' <<< "$hex")" | base64)

# uploaded prints the version of the archive in the bucket whose checksum is the digest.
uploaded() {
  local found sum version
  if ! found=$(aws s3api get-object-attributes --bucket "$bucket" --key "$key" --object-attributes Checksum \
    --query '[Checksum.ChecksumSHA256, VersionId]' --output text 2> problem.txt); then
    grep -q NoSuchKey problem.txt || fail "s3://$bucket/$key: cannot be read: $(cat problem.txt)"
    return 0
  fi
  read -r sum version <<< "$found"
  [[ "$sum" == "$checksum" ]] && echo "$version" || true
}

version=$(uploaded)
if [[ -z "$version" ]]; then
  [[ -n "${ARCHIVE:-}" ]] || fail "s3://$bucket/$key: not there, or not with this checksum: promote the digest once more"
  sum=$(sha256sum "$ARCHIVE" | cut -d ' ' -f 1)
  [[ "$sum" == "$hex" ]] || fail "$ARCHIVE: its checksum is $sum: wanted $hex"
  version=$(aws s3api put-object --bucket "$bucket" --key "$key" --body "$ARCHIVE" \
    --checksum-algorithm SHA256 --checksum-sha256 "$checksum" --query VersionId --output text)
fi

# live prints the color that serves; nothing where there is no HTTPS listener, in dev without
# a domain. A listener whose traffic is not all with one color is no such place.
live() {
  local balancer listeners group
  balancer=$(aws elbv2 describe-load-balancers --names "$ENVIRONMENT-public" --query 'LoadBalancers[0].LoadBalancerArn' --output text)
  listeners=$(aws elbv2 describe-listeners --load-balancer-arn "$balancer" --output json)
  [[ "$(jq '[.Listeners[] | select(.Port == 443)] | length' <<< "$listeners")" != 0 ]] || return 0
  group=$(jq -r '.Listeners[] | select(.Port == 443) | .DefaultActions[0].ForwardConfig.TargetGroups[]? | select(.Weight == 100) | .TargetGroupArn' <<< "$listeners")
  case "$group" in
    "") fail "$ENVIRONMENT: port 443: no color has all the traffic: another release is under way, or was left: docs/runbooks/release.md, section 1" ;;
    *":targetgroup/$ENVIRONMENT-public-blue/"*) echo blue ;;
    *":targetgroup/$ENVIRONMENT-public-green/"*) echo green ;;
    *) fail "$ENVIRONMENT: $group: has all the traffic and no color: docs/runbooks/release.md, section 1" ;;
  esac
}

color=$(live)
serves=$(aws deploy get-deployment-group --application-name "$ENVIRONMENT" --deployment-group-name "$ENVIRONMENT-${color:-blue}" \
  --query 'deploymentGroupInfo.targetRevision.s3Location.[key, version]' --output text)
if [[ "$serves" == "$key"$'\t'"$version" ]]; then
  echo "$key, version $version, serves already"
  output execution ""
  output deployment ""
  exit 0
fi
if [[ -z "$color" ]]; then
  deployment=$(aws deploy create-deployment --application-name "$ENVIRONMENT" --deployment-group-name "$ENVIRONMENT-blue" \
    --s3-location "bucket=$bucket,key=$key,version=$version,bundleType=zip" --query deploymentId --output text)
  echo "$ENVIRONMENT serves no traffic: CodeDeploy deployment $deployment"
  output execution ""
  output deployment "$deployment"
  exit 0
fi
idle=green
[[ "$color" == green ]] && idle=blue
parameters=$(jq -cn --arg key "$key" --arg version "$version" --arg sum "$checksum" \
  '{RevisionKey: [$key], RevisionVersion: [$version], RevisionSha256: [$sum]}')
execution=$(aws ssm start-automation-execution --document-name "$ENVIRONMENT-release-$idle" --parameters "$parameters" \
  --query AutomationExecutionId --output text)
echo "$color serves; $idle is released by $execution"
output execution "$execution"
output deployment ""

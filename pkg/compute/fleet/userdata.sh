#!/bin/bash
# Makes a fresh instance one of the fleet: something that answers the health check
# until the first deployment, the CloudWatch agent, and last the CodeDeploy agent,
# which starts to deploy at once. A second run changes nothing.
set -euo pipefail

# Empty on an instance; a test runs the script in a directory of its own.
readonly root="${ROOT:-}"
readonly region={{quote .Region}}
readonly port={{quote .Port}}
readonly health_path={{quote .HealthCheckPath}}
readonly agent_version={{quote .CodeDeployAgent}}
readonly agent="$root/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl"
readonly started="$root/var/lib/fleet/placeholder-started"

# put PATH: writes its input there.
put() {
  mkdir -p "$(dirname "$root$1")"
  cat > "$root$1"
}

# The page that the load balancer asks for, in a directory of its own.
placeholder_page() {
  local page="${health_path%%\?*}"
  [[ "$page" == */ ]] && page="${page}index.html"
  put "/var/lib/placeholder/index.html" <<< "Nothing is deployed yet."
  put "/var/lib/placeholder$page" <<< "Nothing is deployed yet."
}

# The application's hooks stop it (systemctl disable --now placeholder.service), so
# that it is started once in an instance's life and never again.
placeholder() {
  placeholder_page
  put /etc/systemd/system/placeholder.service <<UNIT
[Unit]
Description=Answers the health check until the first deployment
After=network.target

[Service]
ExecStart=/usr/bin/python3 -m http.server $port --directory /var/lib/placeholder
Restart=always
DynamicUser=yes
ProtectSystem=strict
ProtectHome=yes
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
UNIT
  if [[ ! -e "$started" ]]; then
    systemctl daemon-reload
    systemctl enable --now placeholder.service
    put "${started#"$root"}" < /dev/null
  fi
}

cloudwatch_agent() {
  mkdir -p "$root/var/log/application"
  put /etc/fleet/cloudwatch-agent.json <<'JSON'
{{.CloudWatchAgent}}
JSON
  dnf install -y amazon-cloudwatch-agent
  "$agent" -a fetch-config -m ec2 -s -c "file:$root/etc/fleet/cloudwatch-agent.json"
}

# The agent is no package of Amazon Linux: it comes from AWS's own bucket of the
# region, in a version that the template pins, over TLS and unsigned
# (aws/aws-codedeploy-agent#261). An image that has an agent keeps that one.
codedeploy_agent() {
  if [[ ! -e "$root/opt/codedeploy-agent/bin/codedeploy-agent" ]]; then
    local package
    package="$(mktemp --suffix=.rpm)"
    curl --fail --silent --show-error --location --retry 5 --proto =https --output "$package" \
      "https://aws-codedeploy-$region.s3.$region.amazonaws.com/releases/codedeploy-agent-$agent_version.noarch.rpm"
    dnf install -y ruby "$package"
    rm "$package"
  fi
  systemctl enable --now codedeploy-agent.service
}

placeholder
cloudwatch_agent
codedeploy_agent

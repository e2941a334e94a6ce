{{- define "parlance.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "parlance.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "parlance.labels" -}}
{{ include "parlance.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "parlance.check" -}}
{{- $bus := or .Values.bus.url .Values.bus.urlSecret }}
{{- if and (gt (int .Values.replicas) 1) (not .Values.store.urlSecret) }}
{{- fail "more than one replica needs store.urlSecret: nodes serve together over one PostgreSQL database" }}
{{- end }}
{{- if and (gt (int .Values.replicas) 1) (not $bus) }}
{{- fail "more than one replica needs bus.url: without NATS nodes do not hear of each other" }}
{{- end }}
{{- if and (gt (int .Values.replicas) 1) (not .Values.media.bucket) }}
{{- fail "more than one replica needs media.bucket: a volume is one node's only" }}
{{- end }}
{{- if and $bus (not .Values.store.urlSecret) }}
{{- fail "bus.url needs store.urlSecret" }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.trustedProxies) }}
{{- fail "ingress.enabled needs trustedProxies, the network of the ingress's pods such as 10.0.0.0/8: without it all users count as one address" }}
{{- end }}
{{- /* Handing conversations over takes 1 s, inboxes up to 5 s, closing the rest. */}}
{{- $needed := add (int .Values.preStopSeconds) (int .Values.drainSeconds) 10 }}
{{- if lt (int .Values.terminationGraceSeconds) (int $needed) }}
{{- fail (printf "terminationGraceSeconds must be at least %d: preStopSeconds, drainSeconds and a moment" (int $needed)) }}
{{- end }}
{{- end }}

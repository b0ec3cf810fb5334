import type { Sources } from "../../model/sources.ts";

/** Manifests for a cluster: `kubectl apply -k kubernetes`. `name` is a DNS label. */
export function kubernetesFiles(name: string): Sources {
  return {
    "kubernetes/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
  - service.yaml
# DATABASE_URL, OWNER_DATABASE_URL, ENCRYPTION_KEYS and what else .env.example names. Make it by hand, never commit it:
#   kubectl create secret generic ${name} --from-env-file=.env --from-file=api-keys.json=data/api-keys.json
`,
    "kubernetes/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: { app.kubernetes.io/name: ${name} }
spec:
  replicas: 2
  selector:
    matchLabels: { app.kubernetes.io/name: ${name} }
  template:
    metadata:
      labels: { app.kubernetes.io/name: ${name} }
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        fsGroup: 1000
        seccompProfile: { type: RuntimeDefault }
      initContainers:
        # Only adds what the new version needs, so that the old one goes on until it is replaced.
        - name: migrate
          image: ${name}:latest
          command: ["node", "src/migrate.ts"]
          envFrom: [{ secretRef: { name: ${name} } }]
          securityContext: &unprivileged
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
      containers:
        - name: app
          image: ${name}:latest
          envFrom: [{ secretRef: { name: ${name} } }]
          env:
            - { name: MIGRATE, value: "off" }
            - { name: API_KEYS_FILE, value: /secrets/api-keys.json }
          ports: [{ name: http, containerPort: 3000 }]
          readinessProbe: { httpGet: { path: /readyz, port: http } }
          livenessProbe: { httpGet: { path: /livez, port: http }, periodSeconds: 20 }
          resources:
            requests: { cpu: 100m, memory: 192Mi }
            limits: { memory: 768Mi }
          securityContext: *unprivileged
          volumeMounts:
            - { name: data, mountPath: /app/data }
            - { name: keys, mountPath: /secrets, readOnly: true }
      volumes:
        # Contents of files belong into S3-compatible storage here (S3_ENDPOINT and so on): this folder goes with the pod.
        - { name: data, emptyDir: {} }
        - { name: keys, secret: { secretName: ${name}, items: [{ key: api-keys.json, path: api-keys.json }] } }
`,
    "kubernetes/service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: { app.kubernetes.io/name: ${name} }
  ports: [{ name: http, port: 80, targetPort: http }]
`,
  };
}

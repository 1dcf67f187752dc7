# The image of a small server: Node, the built server, and PostgreSQL from npm. See docs/running.md.
FROM node:22-bookworm-slim AS build
WORKDIR /opt/demilge
COPY package.json package-lock.json ./
COPY packages packages
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /opt/demilge
ENV NODE_ENV=production DATA_DIR=/data PORT=8080
COPY --from=build /opt/demilge ./
# The server runs as an ordinary user, so PostgreSQL does too.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server/main.js"]

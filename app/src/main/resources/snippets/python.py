# pip install "mcp>=2"
import asyncio, json, os, urllib.request

import httpx2
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

request = urllib.request.Request("{{url}}", headers={"X-API-Key": os.environ["LEASH_API_KEY"]})
with urllib.request.urlopen(request) as response:
    data = json.load(response)["data"]


async def main():
    async with httpx2.AsyncClient(headers=data["headers"], timeout=30) as http:
        async with streamable_http_client(data["url"], http_client=http) as (read, write, *_):
            async with ClientSession(read, write) as session:
                await session.initialize()
                for tool in (await session.list_tools()).tools:
                    print(tool.name)


asyncio.run(main())

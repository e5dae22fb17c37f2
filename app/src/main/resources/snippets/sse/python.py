# pip install "mcp>=2"
import asyncio, json, os, urllib.request

from mcp import ClientSession
from mcp.client.sse import sse_client

request = urllib.request.Request("{{url}}", headers={"X-API-Key": os.environ["LEASH_API_KEY"]})
with urllib.request.urlopen(request) as response:
    data = json.load(response)["data"]


async def main():
    async with sse_client(data["url"], headers=data["headers"]) as (read, write):
        async with ClientSession(read, write) as session:
            await session.initialize()
            for tool in (await session.list_tools()).tools:
                print(tool.name)


asyncio.run(main())
